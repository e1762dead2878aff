import torch


def tvd(p, q):
    total = torch.zeros(p.shape[:-1], dtype=p.dtype)
    for a, b in zip(p.unbind(-1), q.unbind(-1)):
        total = total + (a - b).abs()
    return 0.5 * total
