# Mistake: result in the default dtype, float64 logits become float32
import torch
def align(logits, mask):
    B, _, V = logits.shape
    lengths = mask.sum(1).tolist()
    M = max(lengths)
    rows = torch.zeros(B, M, V)
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b, n in enumerate(lengths):
        s = int(mask[b].float().argmax())
        rows[b, :n] = logits[b, s - 1 : s - 1 + n]
        valid[b, :n] = True
    return rows, valid
