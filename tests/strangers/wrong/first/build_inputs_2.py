# mistake: each part becomes a tensor of its own without a dtype; an empty c is a float tensor and cat makes all tokens float32
import torch


def build_inputs(c, z, y, bos=0):
    parts = [torch.tensor([bos]), torch.tensor(c), torch.tensor(z), torch.tensor(y)]
    tokens = torch.cat(parts)
    mask = torch.cat([torch.full((len(p),), i == 3) for i, p in enumerate(parts)])
    return tokens, mask
