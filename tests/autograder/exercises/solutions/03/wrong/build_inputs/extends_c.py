# named:
# loses: inputs
import torch


def build_inputs(c, z, y, bos=0):
    start = 1 + len(c) + len(z)
    c += z
    c += y
    tokens = torch.tensor([bos] + c)
    return tokens, torch.arange(len(tokens)) >= start
