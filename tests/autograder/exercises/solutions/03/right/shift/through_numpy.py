import torch


def shift(logits, tokens, mask):
    cut = [logits.numpy()[:, :-1], tokens.numpy()[:, 1:], mask.numpy()[:, 1:]]
    return tuple(torch.from_numpy(each.copy()) for each in cut)
