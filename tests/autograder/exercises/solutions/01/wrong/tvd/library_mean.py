# named: half-forgotten, mean-over-everything
# loses: value, any shape
import torch.nn.functional as F


def tvd(p, q):
    return F.l1_loss(p, q)
