# mistake: the result has L places in a row and not M, the length of the longest answer
import torch


def align(logits, mask):
    rows = torch.zeros_like(logits)
    valid = torch.zeros_like(mask)
    for b in range(logits.size(0)):
        hits = [i - 1 for i, m in enumerate(mask[b].tolist()) if m]
        rows[b, : len(hits)] = logits[b, hits]
        valid[b, : len(hits)] = True
    return rows, valid
