# named: not-shifted
# loses: rows, edges, no answer
import torch


def align(logits, mask):
    M = int(mask.sum(1).max())
    rows = torch.zeros(len(logits), M, logits.shape[-1], dtype=logits.dtype)
    for b in range(len(logits)):
        picked = logits[b][mask[b]]
        rows[b, : len(picked)] = picked
    return rows, torch.arange(M) < mask.sum(1, keepdim=True)
