# mistake: (1 - accuracy) instead of the cross-entropy: wrong value and no gradient from the labels
import torch


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    error = (logits_s.argmax(-1) != labels).to(logits_s.dtype).mean()
    return alpha * kd + (1 - alpha) * error
