# Mistake: bos is always 0, the argument is ignored
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([0] + c + z + y)
    mask = torch.arange(len(tokens)) >= 1 + len(c) + len(z)
    return tokens, mask
