# Right: column by column into an empty tensor, float64 inside
import torch
def softmax(x, T=1.0):
    z = x.double() / T
    top = z.max(-1, keepdim=True).values
    z = z - top
    e = torch.exp(z)
    p = torch.empty_like(z)
    for i in range(z.shape[-1]):
        p[..., i] = e[..., i] / e.sum(-1)
    return p.type_as(x)
