import torch


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = (logits_t.detach() / T).log_softmax(-1)
    ls = (logits_s / T).log_softmax(-1)
    kd = (lt.exp() * (lt - ls)).sum(-1).mean() * T * T
    right = logits_s.log_softmax(-1).gather(-1, labels.unsqueeze(-1))
    return alpha * kd - (1 - alpha) * right.mean()
