# Mistake: repairs 0/0 with nan_to_num after the division: the loss of an empty mask is 0, its gradient still NaN.
import torch
import torch.nn.functional as F

def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_t = F.log_softmax(logits_t.detach() / T, dim=-1)
    log_s = F.log_softmax(logits_s / T, dim=-1)
    kl = F.kl_div(log_s, log_t, reduction="none", log_target=True).sum(-1)
    mean = (kl * mask).sum() / mask.sum()
    return T * T * torch.nan_to_num(mean, nan=0.0)
