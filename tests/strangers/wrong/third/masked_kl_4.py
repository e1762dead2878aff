# Mistake: sums the KL of each text and divides by the number of texts that have an answer, not by the number of tokens.
import torch

def masked_kl(logits_t, logits_s, mask, T=1.0):
    p = torch.log_softmax(logits_t.detach() / T, -1)
    q = torch.log_softmax(logits_s / T, -1)
    per_text = ((p.exp() * (p - q)).sum(-1) * mask).sum(1)
    texts = mask.any(1).sum().clamp(min=1)
    return T**2 * per_text.sum() / texts
