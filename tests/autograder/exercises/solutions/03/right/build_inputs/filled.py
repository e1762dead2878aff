import torch


def build_inputs(c, z, y, bos=0):
    n = 1 + len(c) + len(z) + len(y)
    tokens = torch.empty(n, dtype=torch.int64)
    answer = torch.zeros(n, dtype=torch.bool)
    tokens[0] = bos
    i = 1
    for part in (c, z, y):
        for token in part:
            tokens[i] = token
            answer[i] = part is y
            i += 1
    return tokens, answer
