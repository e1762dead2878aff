# Right: split and narrow, row by row, stacked
import torch
def shift(logits, tokens, mask):
    n = logits.size(1) - 1
    head = torch.narrow(logits, 1, 0, n)
    labels = torch.stack([row[1:] for row in tokens])
    counts = torch.stack([row[1:] for row in mask])
    return head, labels, counts
