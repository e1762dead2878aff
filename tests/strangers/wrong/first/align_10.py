# mistake: the return stands inside the loop, so only the first row is filled in
import torch


def align(logits, mask):
    B, L, V = logits.shape
    M = int(mask.sum(1).max())
    rows = torch.zeros(B, M, V, dtype=logits.dtype)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        j = 0
        for i in range(1, L):
            if mask[b, i]:
                rows[b, j] = logits[b, i - 1]
                valid[b, j] = True
                j += 1
        return rows, valid
