# mistake: rows is made without a dtype, so float64 logits are rounded to float32
import torch


def align(logits, mask):
    B, M = len(mask), mask.sum(1).max()
    rows = torch.zeros(B, M, logits.shape[-1])
    valid = torch.zeros(B, M, dtype=torch.bool)
    for b, (x, m) in enumerate(zip(logits, mask)):
        at = torch.where(m)[0] - 1
        rows[b, : at.numel()] = x[at]
        valid[b, : at.numel()] = True
    return rows, valid
