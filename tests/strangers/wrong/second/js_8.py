# Mistake: by entropies, but H(m) - H(p) - H(q) without the halves
import torch
def H(p):
    return -torch.xlogy(p, p).sum(-1)
def js(p, q):
    return H((p + q) / 2) - H(p) - H(q)
