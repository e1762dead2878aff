import torch


def shift(logits, tokens, mask):
    labels = torch.roll(tokens, -1, dims=1)[:, :-1]
    kept = torch.roll(mask, -1, dims=1)[:, :-1]
    return logits[:, :-1, :].contiguous(), labels, kept
