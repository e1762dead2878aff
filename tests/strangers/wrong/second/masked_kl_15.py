# Mistake: divides by T once more, confusing the loss with its gradient (factor T instead of T squared)
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    each = (lt.exp() * (lt - ls)).sum(-1)
    return T * (each * mask).sum() / mask.sum().clamp_min(1)
