import torch


def kl(p, q):
    V = p.shape[-1]
    out = []
    for a, b in zip(p.reshape(-1, V), q.reshape(-1, V)):
        a, b = a[a > 0], b[a > 0]
        out.append(torch.dot(a, a.log() - b.log()))
    return torch.stack(out).reshape(p.shape[:-1])
