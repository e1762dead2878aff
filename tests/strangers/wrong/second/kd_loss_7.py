# Mistake: teacher not detached, gradient reaches logits_t
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    lt = F.log_softmax(logits_t / T, -1).reshape(-1, V)
    ls = F.log_softmax(logits_s / T, -1).reshape(-1, V)
    return F.kl_div(ls, lt, reduction="batchmean", log_target=True) * T**2
