import torch


def align(logits, mask):
    B, L, V = logits.shape
    M = int(mask.sum(1).max())
    rows = torch.zeros(B, M, V, dtype=logits.dtype)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        where = torch.nonzero(mask[b]).flatten()
        rows[b, : len(where)] = logits[b, where - 1]
        valid[b, : len(where)] = True
    return rows, valid
