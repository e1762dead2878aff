import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    """Padding gets logits 0 in both, so it is uniform in both and its KL is 0: no mask needed later."""
    off = ~mask[..., None]
    zt = logits_t.detach().masked_fill(off, 0.0) / T
    zs = logits_s.masked_fill(off, 0.0) / T
    pt = zt.softmax(-1)
    # sum p_t (z_t - z_s) - lse_t + lse_s
    each = (pt * (zt - zs)).sum(-1) - zt.logsumexp(-1) + zs.logsumexp(-1)
    each = torch.where(mask, each, torch.zeros_like(each))
    return each.sum() * T * T / max(int(mask.sum()), 1)
