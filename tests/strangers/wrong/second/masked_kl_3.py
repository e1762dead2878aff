# Mistake: T squared is missing
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    each = (lt.exp() * (lt - ls)).sum(-1)
    return torch.where(mask, each, 0.0).sum() / mask.sum().clamp(min=1)
