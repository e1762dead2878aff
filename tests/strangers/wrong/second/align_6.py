# Mistake: aligned to the right, zeros before the shorter answers
import torch
def align(logits, mask):
    n = [int(k) for k in mask.sum(1)]
    M = max(n)
    rows = torch.zeros((len(n), M, logits.shape[2]), dtype=logits.dtype)
    valid = torch.zeros((len(n), M), dtype=torch.bool)
    for b, k in enumerate(n):
        pos = mask[b].nonzero()[:, 0] - 1
        rows[b, M - k:] = logits[b, pos]
        valid[b, M - k:] = True
    return rows, valid
