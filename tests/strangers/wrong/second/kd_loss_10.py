# Mistake: cross-entropy instead of KL, not 0 at a match
import torch
def kd_loss(logits_t, logits_s, T):
    p = torch.softmax(logits_t.detach() / T, dim=-1)
    ls = torch.log_softmax(logits_s / T, dim=-1)
    return -(T**2) * (p * ls).sum(-1).mean()
