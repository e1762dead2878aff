# named: start-of-row-0
# loses: rows, valid, edges, no answer
import torch


def align(logits, mask):
    M = int(mask.sum(1).max())
    start = int(mask[0].int().argmax())
    valid = mask[:, start : start + M]
    rows = logits[:, start - 1 : start - 1 + M]
    return torch.where(valid[..., None], rows, 0.0).to(logits.dtype), valid
