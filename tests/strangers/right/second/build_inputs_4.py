# Right: itertools.chain, mask by cumulated lengths
from itertools import chain
import torch
def build_inputs(c, z, y, bos=0):
    tokens = torch.LongTensor(list(chain([bos], c, z, y)))
    return tokens, (torch.ones_like(tokens).cumsum(0) > len(c) + len(z) + 1)
