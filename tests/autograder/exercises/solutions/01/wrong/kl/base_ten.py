# named: base-ten
# loses: value, any shape, zeros, ruled out
import math

import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1) / math.log(10)
