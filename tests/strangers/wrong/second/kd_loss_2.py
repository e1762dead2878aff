# Mistake: multiplies by T once instead of twice
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    return T * F.kl_div(ls, lt, reduction="none", log_target=True).sum(-1).mean()
