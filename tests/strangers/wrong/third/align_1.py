# Mistake: creates rows in torch's default dtype, so float64 logits come back as float32.
import torch

def align(logits, mask):
    B, L, V = logits.shape
    n = mask.sum(1)
    M = int(n.max())
    rows = torch.zeros(B, M, V)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        k = int(n[b])
        s = int(mask[b].int().argmax())
        if k:
            rows[b, :k] = logits[b, s - 1 : s - 1 + k]
            valid[b, :k] = True
    return rows, valid
