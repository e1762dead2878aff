# Mistake: input before context
import torch
def build_inputs(c, z, y, bos=0):
    prompt = [bos] + z + c
    return torch.tensor(prompt + y), torch.tensor([False] * len(prompt) + [True] * len(y))
