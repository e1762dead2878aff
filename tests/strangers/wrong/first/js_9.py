# mistake: two at once: m is an alias of p, so m += q overwrites the caller's p, and KL(p || m) is always 0
import torch


def js(p, q):
    m = p
    m += q
    m /= 2
    def kl(a, b):
        return torch.where(a > 0, a * (a / b).log(), torch.zeros_like(a)).sum(-1)
    return 0.5 * kl(p, m) + 0.5 * kl(q, m)
