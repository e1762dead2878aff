# mistake: F.kl_div's arguments in the order in which one says them, which is KL(q || p), the reverse
import torch
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(p.log(), q, reduction="none").nansum(-1)
