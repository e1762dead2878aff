# Right: a stable sort of the moved mask brings the predicting positions to the left
import torch
def align(logits, mask):
    B, L, V = logits.shape
    moved = torch.cat([mask[:, 1:], torch.zeros(B, 1, dtype=torch.bool)], dim=1)
    M = int(moved.sum(1).max())
    order = torch.argsort((~moved).int(), dim=1, stable=True)[:, :M]
    valid = moved.gather(1, order)
    rows = logits.gather(1, order.unsqueeze(-1).expand(B, M, V))
    return torch.where(valid[..., None], rows, torch.zeros_like(rows)), valid
