# Right: selects the counted rows first, so padding is never touched; max(count, 1) for the empty mask.
import torch
import torch.nn.functional as F

def masked_kl(logits_t, logits_s, mask, T=1.0):
    s = F.log_softmax(logits_s[mask] / T, -1)
    t = F.softmax(logits_t.detach()[mask] / T, -1)
    terms = torch.xlogy(t, t) - t * s
    return T * T * terms.sum() / max(len(s), 1)
