# named: end-token-twice
# loses: tokens, answer, by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y + [y[-1]]
    answer = [False] * (1 + len(c) + len(z)) + [True] * (len(y) + 1)
    return torch.tensor(tokens), torch.tensor(answer)
