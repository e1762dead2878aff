import torch


def kd_loss(logits_t, logits_s, T):
    # KL of two softmaxes as a Bregman divergence of logsumexp:
    #   lse(b) - lse(a) - <softmax(a), b - a>.  In float64, after shifting each row.
    a = logits_t.detach().double()
    b = logits_s.double()
    a = (a - a.amax(-1, keepdim=True)) / T
    b = (b - b.detach().amax(-1, keepdim=True)) / T
    breg = b.logsumexp(-1) - a.logsumexp(-1) - (a.softmax(-1) * (b - a)).sum(-1)
    return (T * T * breg.mean()).to(logits_s.dtype)
