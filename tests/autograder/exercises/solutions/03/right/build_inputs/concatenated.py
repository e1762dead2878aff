import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    answer = [False] * (1 + len(c) + len(z)) + [True] * len(y)
    return torch.tensor(tokens), torch.tensor(answer)
