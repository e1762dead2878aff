# named: half-squared
# loses: value, any shape
import torch.nn.functional as F


def tvd(p, q):
    return F.huber_loss(p, q, reduction="none").sum(-1)
