# Right: F.kl_div in the right order with log q, reduction none, summed by hand
import torch
import torch.nn.functional as F
def kl(p, q):
    log_q = torch.where(p > 0, q, torch.ones_like(q)).log()
    return F.kl_div(log_q, p, reduction="none").sum(dim=-1)
