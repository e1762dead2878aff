# Mistake: leaves the end token out of the mask, so a model never learns to stop.
import torch

def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos, *c, *z, *y], dtype=torch.int64)
    mask = [False] * (1 + len(c) + len(z)) + [True] * (len(y) - 1) + [False]
    return tokens, torch.tensor(mask)
