# mistake: counts from the end of the row, as if every answer ended there; rows with padding at the end are read at the wrong places
import torch


def align(logits, mask):
    B, L, V = logits.shape
    M = int(mask.sum(-1).max())
    rows = torch.zeros((B, M, V), dtype=logits.dtype)
    valid = torch.zeros((B, M), dtype=torch.bool)
    for b in range(B):
        n = int(mask[b].sum())
        rows[b, :n] = logits[b, L - 1 - n : L - 1]
        valid[b, :n] = True
    return rows, valid
