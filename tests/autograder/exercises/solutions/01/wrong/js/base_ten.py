# named: base-ten
# loses: value, any shape, zeros
import math

import torch


def js(p, q):
    m = 0.5 * (p + q)
    terms = torch.xlogy(p, p) + torch.xlogy(q, q) - 2 * torch.xlogy(m, m)
    return 0.5 * terms.sum(-1) / math.log(10)
