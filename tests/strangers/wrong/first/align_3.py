# mistake: one offset for the whole batch: the start of row 0's answer is used for all rows
import torch


def align(logits, mask):
    start = int(mask[0].nonzero()[0]) - 1
    n = mask.sum(1)
    M = int(n.max())
    rows = torch.zeros(logits.shape[0], M, logits.shape[2], dtype=logits.dtype)
    for b in range(logits.shape[0]):
        piece = logits[b, start : start + int(n[b])]
        rows[b, : len(piece)] = piece
    return rows, torch.arange(M).expand(len(n), M) < n.unsqueeze(1)
