# mistake: zeroes the logits that predict no answer in place, so the caller's logits are destroyed
import torch


def align(logits, mask):
    keep = torch.zeros_like(mask)
    keep[:, :-1] = mask[:, 1:]
    logits[~keep] = 0
    M = int(keep.sum(1).max())
    rows = torch.zeros(len(keep), M, logits.shape[-1], dtype=logits.dtype)
    valid = torch.zeros(len(keep), M, dtype=torch.bool)
    for b in range(len(keep)):
        k = int(keep[b].sum())
        rows[b, :k], valid[b, :k] = logits[b][keep[b]], True
    return rows, valid
