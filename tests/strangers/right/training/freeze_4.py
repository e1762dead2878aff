# Right: a lazy map that is consumed by a deque, then eval as an unbound call
from collections import deque

import torch


def freeze(model):
    deque(map(lambda p: p.requires_grad_(False), model.parameters()), maxlen=0)
    return torch.nn.Module.eval(model)
