# Mistake: truncates to the shortest answer of the batch
import torch
def align(logits, mask):
    n = mask.sum(1)
    M = int(n.min())
    rows = torch.stack([logits[b, mask[b].nonzero()[:M, 0] - 1] for b in range(mask.shape[0])])
    return rows, torch.ones(rows.shape[:2], dtype=torch.bool)
