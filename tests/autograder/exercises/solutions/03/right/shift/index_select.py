import torch


def shift(logits, tokens, mask):
    at = torch.arange(tokens.size(1) - 1)
    return logits.index_select(1, at), tokens.index_select(1, at + 1), mask[:, at + 1]
