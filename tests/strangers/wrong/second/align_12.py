# Mistake: loses the last answer token: end is computed as start + n - 1
import torch
def align(logits, mask):
    B, L, V = logits.shape
    n = mask.sum(1)
    M = int(n.max())
    rows = logits.new_zeros(B, M, V)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        s = int(mask[b].int().argmax()) - 1
        e = s + int(n[b]) - 1
        rows[b, : e - s] = logits[b, s:e]
        valid[b, : e - s] = True
    return rows, valid
