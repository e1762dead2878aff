# Mistake: cross-entropy with the teacher's probabilities, the entropy is not taken off
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    p = torch.softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    ce = -(p * ls).sum(-1)
    return T**2 * (ce * mask).sum() / mask.sum().clamp(min=1)
