# mistake: tests 'no common outcome' and 'equal' for the whole tensor and then returns a bare number (the float 0.0, or a float32 scalar) without the batch's shape and dtype
import math
import torch


def js(p, q):
    if torch.equal(p, q):
        return 0.0
    if (p * q).sum() == 0:
        return torch.tensor(math.log(2))
    m = (p + q) / 2
    t = torch.xlogy(p, p) - torch.xlogy(p, m) + torch.xlogy(q, q) - torch.xlogy(q, m)
    return t.sum(-1) / 2
