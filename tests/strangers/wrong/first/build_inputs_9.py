# mistake: looks for the first place where y's first token occurs and marks from there on, which may be in c or z
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    start = tokens.index(y[0])
    mask = torch.zeros(len(tokens), dtype=torch.bool)
    mask[start:] = True
    return torch.tensor(tokens), mask
