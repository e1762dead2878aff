# named: answer-looked-up-and-counted
# loses: by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    start = tokens.index(y[0])
    mask = torch.zeros(len(tokens), dtype=torch.bool)
    mask[start : start + len(y)] = True
    return torch.tensor(tokens), mask
