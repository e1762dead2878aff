# Mistake: smooths both distributions with an epsilon so that nothing is ever infinite
import torch
def kl(p, q, eps=1e-10):
    p_, q_ = p + eps, q + eps
    return (p_ * (p_.log() - q_.log())).sum(dim=-1)
