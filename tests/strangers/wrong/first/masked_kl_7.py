# mistake: masked by multiplying after the logarithm of a softmax: huge (finite) logits in the padding give 0 * inf = NaN
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    p_t = torch.softmax(logits_t.detach() / T, -1)
    p_s = torch.softmax(logits_s / T, -1)
    kl = (p_t * (p_t.log() - p_s.log())).sum(-1)
    return T**2 * (kl * mask).sum() / mask.sum().clamp(min=1)
