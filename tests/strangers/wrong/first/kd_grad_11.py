# mistake: finite differences with a step of 1e-5 in the input's precision: mostly rounding noise in float32
import torch


def loss(zt, zs, T):
    lt, ls = torch.log_softmax(zt / T, -1), torch.log_softmax(zs / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()


def kd_grad(logits_t, logits_s, T):
    h = 1e-5
    base = loss(logits_t, logits_s, T)
    g = torch.zeros_like(logits_s)
    flat = g.view(-1)
    for k in range(logits_s.numel()):
        z = logits_s.detach().clone()
        z.view(-1)[k] += h
        flat[k] = (loss(logits_t, z, T) - base) / h
    return g
