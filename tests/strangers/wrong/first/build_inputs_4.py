# mistake: the mask is true on the positions that predict y (one to the left) instead of on y itself
import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y)
    mask = torch.zeros_like(tokens, dtype=torch.bool)
    first = len(c) + len(z)
    mask[first : first + len(y)] = True
    return tokens, mask
