# named: batchmean, nan-where-both-are-zero
# loses: value, any shape, zeros, ruled out
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q.log(), p, reduction="batchmean")
