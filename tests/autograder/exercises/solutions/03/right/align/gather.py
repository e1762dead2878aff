import torch


def align(logits, mask):
    B, L, V = logits.shape
    counts = mask.sum(1, keepdim=True)
    steps = torch.arange(int(counts.max()))
    valid = steps < counts
    at = (mask.int().argmax(1, keepdim=True) - 1 + steps).clamp(0, L - 1)
    rows = logits.gather(1, at[..., None].expand(-1, -1, V))
    return torch.where(valid[..., None], rows, 0.0).to(logits.dtype), valid
