# named:
# loses: empty gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    if not mask.any():
        return torch.zeros((), dtype=logits_s.dtype)
    log_p = torch.log_softmax(logits_t.detach()[mask] / T, -1)
    log_q = torch.log_softmax(logits_s[mask] / T, -1)
    p = log_p.exp()
    return T**2 * torch.where(p > 0, p * (log_p - log_q), 0.0).sum() / mask.sum()
