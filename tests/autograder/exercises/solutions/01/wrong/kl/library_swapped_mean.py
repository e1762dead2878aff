# named: kl-div-swapped, mean-over-everything
# loses: value, any shape, zeros, ruled out
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(p.log(), q)
