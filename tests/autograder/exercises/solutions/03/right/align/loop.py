import torch


def align(logits, mask):
    B, L, V = logits.shape
    counts = mask.sum(1)
    M = int(counts.max())
    rows = logits.new_zeros(B, M, V)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b in range(B):
        n = int(counts[b])
        if n:
            start = int(mask[b].int().argmax())
            rows[b, :n] = logits[b, start - 1 : start - 1 + n]
            valid[b, :n] = True
    return rows, valid
