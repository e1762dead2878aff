import math
import torch


def js(p, q):
    # pull the 1/2 of m out of the logarithm: JS = ln 2 + 1/2 sum(p ln p + q ln q - (p+q) ln(p+q))
    f = torch.xlogy
    s = p + q
    return math.log(2) + 0.5 * (f(p, p) + f(q, q) - f(s, s)).sum(-1)
