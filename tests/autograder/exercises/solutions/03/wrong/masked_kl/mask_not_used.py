# named: no-mask
# loses: value, pads, empty, empty gradient, gradient, impossible, NaN in pads, NaN gradient
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    p = F.softmax(logits_t.detach() / T, -1)
    log_q = F.log_softmax(logits_s / T, -1)
    return T**2 * F.kl_div(log_q, p, reduction="none").sum(-1).mean()
