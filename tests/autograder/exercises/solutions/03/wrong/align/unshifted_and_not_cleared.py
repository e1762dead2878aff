# named: not-shifted, not-cleared
# loses: rows, edges, no answer
import torch


def align(logits, mask):
    B, L, V = logits.shape
    counts = mask.sum(1, keepdim=True)
    steps = torch.arange(int(counts.max()))
    at = (mask.int().argmax(1, keepdim=True) + steps).clamp(0, L - 1)
    return logits.gather(1, at[..., None].expand(-1, -1, V)), steps < counts
