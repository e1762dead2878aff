# mistake: hard-coded for two equally likely contexts (JS of rows 0 and 1); other rows and w are ignored
import torch


def best_student(P, w):
    p, q = P[0], P[1]
    m = (p + q) / 2
    js = (torch.xlogy(p, p) + torch.xlogy(q, q) - 2 * torch.xlogy(m, m)).sum() / 2
    return m, js
