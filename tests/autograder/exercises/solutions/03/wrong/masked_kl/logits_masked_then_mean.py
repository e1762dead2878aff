# named: divided-by-all-positions
# loses: value, pads, gradient, impossible, NaN in pads, NaN gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    t = logits_t.detach() * mask[..., None] / T
    s = logits_s * mask[..., None] / T
    log_p, log_q = torch.log_softmax(t, -1), torch.log_softmax(s, -1)
    return T**2 * (log_p.exp() * (log_p - log_q)).sum(-1).mean()
