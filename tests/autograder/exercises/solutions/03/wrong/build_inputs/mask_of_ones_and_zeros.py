# named:
# loses: dtype
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    answer = [0] * (1 + len(c) + len(z)) + [1] * len(y)
    return torch.tensor(tokens), torch.tensor(answer)
