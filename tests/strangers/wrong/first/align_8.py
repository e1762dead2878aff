# mistake: two at once: goes one position too far to the right (s instead of s - 1) and cuts all answers to the shortest one
import torch


def align(logits, mask):
    lengths = mask.sum(dim=1)
    M = int(lengths.min())
    starts = [int(torch.argmax(m.to(torch.uint8))) for m in mask]
    rows = torch.stack([x[s : s + M] for x, s in zip(logits, starts)])
    return rows, torch.ones(rows.shape[:2], dtype=torch.bool)
