# named: mask-by-value
# loses: by place
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    return torch.tensor(tokens), torch.tensor([token in y for token in tokens])
