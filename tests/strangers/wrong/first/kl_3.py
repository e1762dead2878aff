# mistake: gives F.kl_div probabilities where log-probabilities belong
import torch
import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q, p, reduction="none").sum(-1)
