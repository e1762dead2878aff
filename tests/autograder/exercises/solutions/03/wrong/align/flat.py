# named: one-list-of-tokens
# loses: rows, valid, edges, no answer
import torch


def align(logits, mask):
    rows = logits[:, :-1][mask[:, 1:]]
    return rows, torch.ones(len(rows), dtype=torch.bool)
