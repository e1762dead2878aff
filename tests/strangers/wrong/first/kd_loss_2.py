# mistake: multiplies by T instead of T^2
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    V = logits_t.shape[-1]
    p = F.log_softmax(logits_t.detach() / T, -1).reshape(-1, V)
    q = F.log_softmax(logits_s / T, -1).reshape(-1, V)
    return T * F.kl_div(q, p, reduction="batchmean", log_target=True)
