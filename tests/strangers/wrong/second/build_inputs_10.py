# Mistake: torch.Tensor makes floats of the ids
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.Tensor([bos] + c + z + y)
    mask = torch.ones(len(tokens)).bool()
    mask[: -len(y)] = False
    return tokens, mask
