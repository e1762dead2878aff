# named:
# loses: gradient, empty gradient, impossible, NaN gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    with torch.no_grad():
        log_p = torch.log_softmax(logits_t[mask] / T, -1)
        log_q = torch.log_softmax(logits_s[mask] / T, -1)
        total = (log_p.exp() * (log_p - log_q)).sum()
    return torch.from_numpy((T**2 * total / mask.sum().clamp(min=1)).numpy())
