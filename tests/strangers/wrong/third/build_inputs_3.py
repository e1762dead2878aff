# Mistake: leaves out bos when the context is empty.
import torch

def build_inputs(c, z, y, bos=0):
    prefix = [bos] + c if c else []
    prompt = prefix + z
    tokens = torch.tensor(prompt + y, dtype=torch.long)
    mask = torch.arange(len(tokens)) >= len(prompt)
    return tokens, mask
