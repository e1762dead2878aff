# named: nan-where-both-are-zero
# loses: zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = w @ P
    return m, w @ torch.nn.functional.kl_div(m.log().expand_as(P), P, reduction="none").sum(-1)
