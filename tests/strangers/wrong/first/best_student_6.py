# mistake: the geometric mixture exp(sum w log P), renormalised: the best m for the reverse KL, not for this one
import torch


def best_student(P, w):
    m = torch.softmax(w @ P.clamp_min(1e-30).log(), dim=0)
    kl = torch.where(P > 0, P * (P.log() - m.log()), torch.zeros_like(P)).sum(-1)
    return m, (w * kl).sum()
