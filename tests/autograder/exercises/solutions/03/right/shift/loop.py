import torch


def shift(logits, tokens, mask):
    rows, labels, kept = [], [], []
    for b in range(len(tokens)):
        rows.append(logits[b, :-1])
        labels.append(tokens[b, 1:])
        kept.append(mask[b, 1:])
    return torch.stack(rows), torch.stack(labels), torch.stack(kept)
