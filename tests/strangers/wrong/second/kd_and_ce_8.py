# Mistake: nll_loss on raw logits, log_softmax forgotten
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt, ls = F.log_softmax(logits_t.detach() / T, -1), F.log_softmax(logits_s / T, -1)
    kd = T * T * (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = F.nll_loss(logits_s.reshape(-1, logits_s.shape[-1]), labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
