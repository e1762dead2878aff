# Right: F.kl_div in its own argument order, with log q replaced by 0 where p is 0.
import torch
import torch.nn.functional as F

def kl(p, q):
    log_q = q.masked_fill(p == 0, 1).log()
    return F.kl_div(log_q, p, reduction="none").sum(-1)
