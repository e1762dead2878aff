# named: nan-where-both-are-zero
# loses: zeros
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q.log(), p, reduction="none").sum(-1)
