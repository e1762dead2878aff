# mistake: multiplies by the mask but takes the mean over all positions, so padding makes the loss smaller
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    hide = ~mask.unsqueeze(-1)
    log_t = torch.log_softmax(logits_t.detach().masked_fill(hide, 0) / T, -1)
    log_s = torch.log_softmax(logits_s.masked_fill(hide, 0) / T, -1)
    each = (log_t.exp() * (log_t - log_s)).sum(-1)
    return T**2 * (each * mask).mean()
