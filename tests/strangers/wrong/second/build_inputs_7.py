# Mistake: mask as int64 zeros and ones instead of bool
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([bos] + c + z + y, dtype=torch.long)
    mask = torch.tensor([0] * (1 + len(c) + len(z)) + [1] * len(y))
    return tokens, mask
