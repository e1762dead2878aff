# Mistake: the end token is left out of the mask
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + list(c) + list(z) + list(y))
    mask = torch.zeros_like(tokens, dtype=torch.bool)
    start = len(tokens) - len(y)
    mask[start:-1] = True
    return tokens, mask
