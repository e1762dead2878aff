# named: kl-div-of-probabilities
# loses: value, any shape, zeros, ruled out
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q, p, reduction="none").sum(-1)
