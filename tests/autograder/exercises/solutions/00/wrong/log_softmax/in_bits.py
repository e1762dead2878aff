# named: base-two
# loses: value, any shape, large, tiny
import math

import torch


def log_softmax(x):
    return torch.log_softmax(x, -1) / math.log(2)
