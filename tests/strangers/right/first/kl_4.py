import numpy as np
import torch


def kl(p, q):
    shape = p.shape[:-1]
    P = p.detach().numpy().astype(float).reshape(-1, p.shape[-1])
    Q = q.detach().numpy().astype(float).reshape(-1, p.shape[-1])
    out = np.zeros(len(P))
    for n in range(len(P)):
        support = P[n] > 0
        with np.errstate(divide="ignore"):
            out[n] = np.sum(P[n][support] * (np.log(P[n][support]) - np.log(Q[n][support])))
    return torch.from_numpy(out).to(p.dtype).reshape(shape)
