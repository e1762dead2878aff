# mistake: the factor T^2 is forgotten
import torch


def kd_loss(logits_t, logits_s, T):
    a = torch.log_softmax(logits_t.detach() / T, -1)
    b = torch.log_softmax(logits_s / T, -1)
    return (a.exp() * (a - b)).sum(-1).mean()
