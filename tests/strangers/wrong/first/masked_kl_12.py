# mistake: divides the logits by T in place: the teacher's tensor is changed (and a student that is a leaf raises)
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    with torch.no_grad():
        logits_t /= T
    logits_s = logits_s / T
    lt, ls = logits_t.detach()[mask].log_softmax(-1), logits_s[mask].log_softmax(-1)
    return (lt.exp() * (lt - ls)).sum() / max(mask.sum().item(), 1) * T**2
