# Right: torch.where on the logits first (zeros in the padding), then a masked sum with clamp
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    keep = mask.unsqueeze(-1)
    t = torch.where(keep, logits_t.detach(), 0.0)
    s = torch.where(keep, logits_s, 0.0)
    lt, ls = (t / T).log_softmax(-1), (s / T).log_softmax(-1)
    each = (lt.exp() * (lt - ls)).sum(-1)
    return T**2 * (each * mask).sum() / mask.sum().clamp(min=1)
