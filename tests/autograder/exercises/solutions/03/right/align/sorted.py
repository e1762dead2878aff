import torch


def align(logits, mask):
    before = torch.roll(mask, -1, 1)
    before[:, -1] = False
    order = torch.argsort(~before, dim=1, stable=True)
    M = int(mask.sum(1).max())
    rows = logits.gather(1, order[..., None].expand_as(logits))[:, :M]
    valid = before.gather(1, order)[:, :M]
    return rows.masked_fill(~valid[..., None], 0), valid
