# mistake: the return stands inside the loop, so only the first outcome is counted
import torch


def cross_entropy(p, q):
    total = torch.zeros(p.shape[:-1], dtype=p.dtype)
    for v in range(p.shape[-1]):
        total = total - torch.xlogy(p[..., v], q[..., v])
        return total
