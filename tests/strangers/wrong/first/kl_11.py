# mistake: two at once: writes 1e-12 into the zeros of the caller's p and q, and so is finite where it should be inf
import torch


def kl(p, q):
    p[p == 0] = 1e-12
    q[q == 0] = 1e-12
    return torch.sum(p * (torch.log(p) - torch.log(q)), dim=-1)
