# Mistake: keeps the full length L instead of the longest answer M
import torch
def align(logits, mask):
    rows = torch.zeros_like(logits)
    valid = torch.zeros_like(mask)
    for b in range(logits.shape[0]):
        pos = torch.where(mask[b])[0] - 1
        rows[b, : len(pos)] = logits[b, pos]
        valid[b, : len(pos)] = True
    return rows, valid
