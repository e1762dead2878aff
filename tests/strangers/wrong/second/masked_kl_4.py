# Mistake: no thought of an empty mask, 0/0
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach()[mask] / T, -1)
    ls = torch.log_softmax(logits_s[mask] / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
