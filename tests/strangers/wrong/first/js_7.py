# mistake: divides by ln 2 so that the maximum is 1: bits, not nats
import math
import torch


def js(p, q):
    m = (p + q) / 2
    s = torch.xlogy(p, p) + torch.xlogy(q, q) - 2 * torch.xlogy(m, m)
    return s.sum(-1) / 2 / math.log(2)
