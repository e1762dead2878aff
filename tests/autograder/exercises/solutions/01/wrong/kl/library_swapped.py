# named: kl-div-swapped
# loses: value, any shape, zeros, ruled out
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(p.log(), q, reduction="none").sum(-1)
