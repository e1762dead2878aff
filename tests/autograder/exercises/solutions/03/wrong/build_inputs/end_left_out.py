# named: end-token-left-out
# loses: answer, by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y)
    position = torch.arange(len(tokens))
    start, end = 1 + len(c) + len(z), len(tokens) - 1
    return tokens, (position >= start) & (position < end)
