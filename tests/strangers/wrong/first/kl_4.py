# mistake: reduction='batchmean': one number for the batch, and for [V] it is divided by V (zeros in both give NaN too)
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q.log(), p, reduction="batchmean")
