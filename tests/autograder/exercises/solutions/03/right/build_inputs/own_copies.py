import torch


def build_inputs(c, z, y, bos=0):
    tokens = list(c)
    tokens.insert(0, bos)
    tokens.extend(z)
    start = len(tokens)
    tokens += y
    return [torch.LongTensor(tokens), torch.BoolTensor([i >= start for i in range(len(tokens))])]
