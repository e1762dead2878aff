import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos, *c, *z, *y], dtype=torch.int64)
    mask = torch.zeros(len(tokens), dtype=torch.bool)
    mask[len(tokens) - len(y):] = True
    return tokens, mask
