# Right: p log(2p/(p+q)) for both, halves at the end
import torch
def js(p, q):
    s = p + q
    def side(a):
        return torch.where(a > 0, a * torch.log(2 * a / s), 0.0).sum(-1)
    return (side(p) + side(q)) / 2
