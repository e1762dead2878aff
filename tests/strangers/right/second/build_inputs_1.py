# Right: concatenates tensors of each part, with a mask of the same parts
import torch
def build_inputs(c, z, y, bos=0):
    parts = [([bos], False), (c, False), (z, False), (y, True)]
    tokens = torch.cat([torch.tensor(part, dtype=torch.int64) for part, _ in parts])
    mask = torch.cat([torch.full((len(part),), flag, dtype=torch.bool) for part, flag in parts])
    return tokens, mask
