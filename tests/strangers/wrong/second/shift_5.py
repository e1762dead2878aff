# Mistake: cuts all three at the same end, nothing is shifted
import torch
def shift(logits, tokens, mask):
    n = tokens.shape[1] - 1
    return logits[:, :n], tokens[:, :n], mask[:, :n]
