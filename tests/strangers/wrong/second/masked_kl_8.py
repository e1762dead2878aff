# Mistake: the teacher is not detached
import torch
import torch.nn.functional as F
def masked_kl(logits_t, logits_s, mask, T=1.0):
    each = F.kl_div(F.log_softmax(logits_s / T, -1), F.log_softmax(logits_t / T, -1), reduction="none", log_target=True).sum(-1)
    return T**2 * each.masked_fill(~mask, 0).sum() / max(int(mask.sum()), 1)
