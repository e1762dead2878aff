# named:
# loses: inputs
import torch


def align(logits, mask):
    logits[:, :-1][~mask[:, 1:]] = 0
    M = int(mask.sum(1).max())
    rows = torch.zeros(len(logits), M, logits.shape[-1], dtype=logits.dtype)
    for b in range(len(logits)):
        at = mask[b].nonzero().squeeze(-1) - 1
        rows[b, : len(at)] = logits[b, at]
    return rows, torch.arange(M) < mask.sum(1, keepdim=True)
