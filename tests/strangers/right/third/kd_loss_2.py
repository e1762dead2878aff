# Right: KL of an exponential family: A(z_s) - A(z_t) - p_t . (z_s - z_t), with A = logsumexp of shifted rows.
import torch

def kd_loss(logits_t, logits_s, T):
    a = logits_t.detach() / T
    b = logits_s / T
    a = a - a.amax(-1, keepdim=True)
    b = b - b.detach().amax(-1, keepdim=True)
    p = a.softmax(-1)
    kl = b.logsumexp(-1) - a.logsumexp(-1) - (p * (b - a)).sum(-1)
    return kl.mean() * (T * T)
