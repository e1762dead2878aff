# Mistake: log_target forgotten: kl_div takes the teacher's log-probabilities for probabilities
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    each = F.kl_div(ls, lt, reduction="none").sum(-1)
    return T**2 * each.mean()
