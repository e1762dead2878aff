# Right: one-hot labels and an explicit sum; kd written with log-probabilities
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    N = labels.numel()
    V = logits_s.shape[-1]
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = (lt.exp() * (lt - ls)).sum() * T**2 / N
    hot = torch.arange(V) == labels.unsqueeze(-1)
    ce = -torch.where(hot, torch.log_softmax(logits_s, -1), torch.zeros_like(ls)).sum() / N
    return alpha * kd + (1 - alpha) * ce
