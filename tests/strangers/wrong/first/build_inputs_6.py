# mistake: two at once: bos is always written as 0, whatever was passed, and the mask is turned round (true means 'hide this')
import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.tensor([0] + c + z + y, dtype=torch.int64)
    hide = torch.ones(len(tokens), dtype=torch.bool)
    hide[-len(y):] = False
    return tokens, hide
