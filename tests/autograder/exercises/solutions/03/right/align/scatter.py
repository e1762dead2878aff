import torch


def align(logits, mask):
    shifted, kept = logits[:, :-1], mask[:, 1:]
    B, _, V = logits.shape
    M = int(kept.sum(1).max())
    row, _ = kept.nonzero(as_tuple=True)
    place = (kept.cumsum(1) - 1)[kept]
    rows = torch.zeros(B, M, V, dtype=logits.dtype)
    valid = torch.zeros(B, M, dtype=torch.bool)
    rows[row, place] = shifted[kept]
    valid[row, place] = True
    return rows, valid
