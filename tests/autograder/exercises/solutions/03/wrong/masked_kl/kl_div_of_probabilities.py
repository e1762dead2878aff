# named: probability-for-logarithm
# loses: value, pads, gradient, NaN in pads, NaN gradient, impossible
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    p_t = F.softmax(logits_t.detach()[mask] / T, -1)
    p_s = F.softmax(logits_s[mask] / T, -1)
    return F.kl_div(p_s, p_t, reduction="sum") * T**2 / mask.sum().clamp(min=1)
