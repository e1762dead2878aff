# Mistake: the mask asks whether a token occurs in y, so the same token in the prompt counts too
import torch
def build_inputs(c, z, y, bos=0):
    ids = [bos, *c, *z, *y]
    return torch.tensor(ids), torch.tensor([t in y for t in ids])
