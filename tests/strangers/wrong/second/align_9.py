# Mistake: valid is just the mask cut at M columns, not where the rows have been filled
import torch
def align(logits, mask):
    M = int(mask.sum(1).max())
    rows = logits.new_zeros(mask.shape[0], M, logits.shape[-1])
    for b, m in enumerate(mask):
        pos = torch.nonzero(m)[:, 0] - 1
        rows[b, : pos.numel()] = logits[b, pos]
    return rows, mask[:, :M]
