# named: zeros-replaced-by-1e-10
# loses: ruled out
import torch


def kl(p, q):
    p, q = (torch.where(each == 0, 1e-10, each) for each in (p, q))
    return (p * (p / q).log()).sum(-1)
