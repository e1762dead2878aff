# Mistake: takes the last M positions, as if every row ended with its answer
import torch
def align(logits, mask):
    n = mask.sum(1)
    M = int(n.max())
    rows = logits[:, -M - 1 : -1].clone()
    valid = mask[:, -M:]
    rows[~valid] = 0
    return rows, valid
