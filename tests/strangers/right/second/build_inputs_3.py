# Right: fills an int64 tensor of zeros part by part and the mask beside it
import torch
def build_inputs(c, z, y, bos=0):
    n = 1 + len(c) + len(z) + len(y)
    tokens, mask = torch.empty(n, dtype=torch.int64), torch.zeros(n, dtype=torch.bool)
    tokens[0] = bos
    at = 1
    for name, part in (("c", c), ("z", z), ("y", y)):
        for token in part:
            tokens[at] = token
            mask[at] = name == "y"
            at += 1
    return tokens, mask
