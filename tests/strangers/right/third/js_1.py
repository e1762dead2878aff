# Right: entropy of the mixture minus the mean entropy.
import torch

def js(p, q):
    h = lambda a: torch.special.entr(a).sum(-1)
    return h((p + q) / 2) - (h(p) + h(q)) / 2
