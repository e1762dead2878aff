# mistake: two at once: the factor is T instead of T squared, and the number of answer tokens is increased by one against division by zero
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach()[mask] / T, -1)
    ls = torch.log_softmax(logits_s[mask] / T, -1)
    return T * (lt.exp() * (lt - ls)).sum() / (mask.sum() + 1)
