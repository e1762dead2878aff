# mistake: adds 1e-12 inside the logarithm of the softmax, so nothing can fall below about -27.6 (and -inf gives -27.6 too)
import torch


def log_softmax(x):
    e = (x - x.amax(-1, keepdim=True)).exp()
    p = e / e.sum(-1, keepdim=True)
    return torch.log(p + 1e-12)
