# mistake: no zeros after a short answer: whatever logits follow in the row are left standing there
import torch


def align(logits, mask):
    B, L, V = logits.shape
    start = mask.float().argmax(1) - 1
    n = mask.sum(1)
    steps = torch.arange(n.max())
    idx = (start[:, None] + steps).clamp(max=L - 1)
    rows = logits.gather(1, idx[..., None].expand(-1, -1, V))
    return rows, steps < n[:, None]
