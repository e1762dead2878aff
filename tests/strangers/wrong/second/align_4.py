# Mistake: cuts M logits from the start of each answer, what comes after a short answer is not zeroed
import torch
def align(logits, mask):
    B, L, V = logits.shape
    n = mask.sum(-1)
    M = int(n.max())
    start = mask.int().argmax(-1) - 1
    idx = (start[:, None] + torch.arange(M)).clamp(max=L - 1)
    rows = logits.gather(1, idx[..., None].expand(B, M, V))
    return rows, torch.arange(M)[None] < n[:, None]
