# Mistake: entropy form without the one halves, H(m) - H(p) - H(q).
import torch

def js(p, q):
    def H(a):
        return torch.special.entr(a).sum(-1)
    return H((p + q) / 2) - H(p) - H(q)
