# named: mask-one-early
# loses: answer, by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y)
    answer = torch.zeros(len(tokens), dtype=torch.bool)
    start = len(c) + len(z)
    answer[start : start + len(y)] = True
    return tokens, answer
