# Right: cross-entropy minus entropy, each from log_softmax, in float64 inside
import torch
def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach().double() / T, -1)
    ls = torch.log_softmax(logits_s.double() / T, -1)
    p = lt.exp()
    gap = -(p * ls).sum(-1) + (p * lt).sum(-1)
    return (T * T * gap.mean()).to(logits_s.dtype)
