# named:
# loses: dtype
import torch


def align(logits, mask):
    counts = mask.sum(1)
    M = int(counts.max())
    rows = torch.zeros(len(logits), M, logits.shape[-1], dtype=torch.float64)
    for b in range(len(logits)):
        at = mask[b].nonzero().squeeze(-1) - 1
        rows[b, : len(at)] = logits[b, at].double()
    return rows, torch.arange(M) < counts[:, None]
