# named: input-marked-too
# loses: answer, by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    answer = [False] * (1 + len(c)) + [True] * (len(z) + len(y))
    return torch.tensor(tokens), torch.tensor(answer)
