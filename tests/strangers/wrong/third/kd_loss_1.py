# Mistake: multiplies by 2T instead of T squared (`T * 2` for `T ** 2`); the two agree only at T = 2.
import torch
import torch.nn.functional as F

def kd_loss(logits_t, logits_s, T):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    return (lt.exp() * (lt - ls)).sum(-1).mean() * (T * 2)
