import torch


def align(logits, mask):
    """Start and length of each answer, then one gather."""
    start = mask.int().argmax(dim=1)
    n = mask.sum(dim=1)
    M = n.max().item()
    k = torch.arange(M)
    position = (start[:, None] - 1 + k).clamp(0, logits.shape[1] - 1)
    valid = k < n[:, None]
    picked = logits[torch.arange(len(logits))[:, None], position]
    rows = torch.where(valid[:, :, None], picked, torch.zeros((), dtype=logits.dtype))
    return rows, valid
