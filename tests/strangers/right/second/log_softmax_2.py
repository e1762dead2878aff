# Right: sorts nothing, computes log1p of the others relative to the largest one in float64
import torch
def log_softmax(x):
    z = x.to(torch.float64)
    top, where = z.max(-1, keepdim=True)
    e = (z - top).exp()
    e = e.scatter(-1, where, 0.0)
    out = (z - top) - torch.log1p(e.sum(-1, keepdim=True))
    return out.to(x.dtype)
