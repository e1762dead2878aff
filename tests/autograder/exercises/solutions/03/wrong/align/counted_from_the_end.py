# named: own-length-from-the-end
# loses: rows, edges, no answer
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
