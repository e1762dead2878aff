# Mistake: appends another end token although y has one
import torch
def build_inputs(c, z, y, bos=0):
    end = y[-1]
    parts = [bos] + c + z + y + [end]
    mask = [False] * (1 + len(c) + len(z)) + [True] * (len(y) + 1)
    return torch.tensor(parts), torch.tensor(mask)
