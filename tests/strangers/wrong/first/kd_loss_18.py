# mistake: torch.square(T) wants a tensor: raises a TypeError for a number
import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return torch.square(T) * (lt.exp() * (lt - ls)).sum(-1).mean()
