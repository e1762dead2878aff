# mistake: divides the log-probabilities by T instead of the logits and does not normalise again
import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach(), -1) / T
    ls = torch.log_softmax(logits_s, -1) / T
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
