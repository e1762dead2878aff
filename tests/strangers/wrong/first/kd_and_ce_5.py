# mistake: softmax before F.cross_entropy, which takes its own softmax: two softmaxes
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = T * T * (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = F.cross_entropy(torch.softmax(logits_s, -1).reshape(-1, V), labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
