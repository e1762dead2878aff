# Mistake: off by one to the other side: logits one after the answer token
import torch
def align(logits, mask):
    B, L, V = logits.shape
    M = int(mask.sum(1).max())
    rows, valid = logits.new_zeros(B, M, V), torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        where = mask[b].nonzero().flatten()
        for i, pos in enumerate(where.tolist()):
            rows[b, i] = logits[b, min(pos + 1, L - 1)]
            valid[b, i] = True
    return rows, valid
