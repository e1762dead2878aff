# Mistake: mask counts z as well, everything after the context
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y, dtype=torch.int64)
    mask = torch.zeros(len(tokens), dtype=torch.bool)
    mask[1 + len(c):] = True
    return tokens, mask
