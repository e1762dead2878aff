# mistake: half finished: works for a batch of one row only (squeeze and item), several rows raise
import torch


def align(logits, mask):
    x, m = logits.squeeze(0), mask.squeeze(0)
    first = m.nonzero().min().item()
    n = m.sum().item()
    assert x.dim() == 2, "TODO: batch"
    return x[first - 1 : first - 1 + n].unsqueeze(0), torch.ones(1, n, dtype=torch.bool)
