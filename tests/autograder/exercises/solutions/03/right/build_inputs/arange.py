import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos, *c, *z, *y], dtype=torch.long)
    return tokens, torch.arange(len(tokens)) >= len(tokens) - len(y)
