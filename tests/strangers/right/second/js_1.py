# Right: by entropies, H(m) - (H(p) + H(q)) / 2
import torch
def js(p, q):
    def entropy(a):
        return torch.special.entr(a).sum(-1)
    return entropy(0.5 * p + 0.5 * q) - 0.5 * (entropy(p) + entropy(q))
