# mistake: switches the teacher's gradient off with requires_grad_(False), which changes the caller's tensor (and raises if it is not a leaf)
import torch


def kd_loss(logits_t, logits_s, T):
    logits_t.requires_grad_(False)      # the teacher does not learn
    lt = torch.log_softmax(logits_t / T, dim=-1)
    ls = torch.log_softmax(logits_s / T, dim=-1)
    return (T * T) * (lt.exp() * (lt - ls)).sum(dim=-1).mean()
