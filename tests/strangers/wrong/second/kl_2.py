# Mistake: kl_div argument order: what comes out is KL(q||p)
import torch
import torch.nn.functional as F
def kl(p, q):
    return F.kl_div(p.log(), q, reduction="none").sum(-1)
