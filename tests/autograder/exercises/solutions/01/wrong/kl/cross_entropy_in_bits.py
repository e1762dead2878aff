# named: base-two, cross-entropy
# loses: value, any shape, zeros, ruled out
import math

import torch


def kl(p, q):
    return -torch.xlogy(p, q).sum(-1) / math.log(2)
