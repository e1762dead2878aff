# Right: concatenates tensors, with repeat_interleave for the mask.
import torch

def build_inputs(c, z, y, bos=0):
    parts = [torch.tensor(p, dtype=torch.long) for p in ([bos], c, z, y)]
    sizes = torch.tensor([len(p) for p in parts])
    mask = torch.repeat_interleave(torch.tensor([False, False, False, True]), sizes)
    return torch.cat(parts), mask
