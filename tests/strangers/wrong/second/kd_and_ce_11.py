# Mistake: sign of the label's part: adds the log-probability instead of its negative
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt, ls = F.log_softmax(logits_t.detach() / T, -1), F.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    one_hot = F.one_hot(labels, logits_s.shape[-1]).to(logits_s.dtype)
    ce = (one_hot * F.log_softmax(logits_s, -1)).sum(-1).mean()
    return alpha * kd + (1 - alpha) * ce
