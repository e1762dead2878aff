import torch


def kl(p, q):
    happens = p > 0
    ratio = torch.where(happens, p, 1.0) / torch.where(happens, q, 1.0)
    return torch.einsum("...v,...v->...", p, ratio.log())
