# Mistake: forgets to count bos, the mask begins one too early and ends one too early
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y)
    start = len(c) + len(z)
    mask = torch.zeros(len(tokens), dtype=torch.bool)
    mask[start : start + len(y)] = True
    return tokens, mask
