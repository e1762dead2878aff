# Mistake: divides by the number of rows B (as batchmean does), not by the number of counted tokens
import torch
import torch.nn.functional as F
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    each = F.kl_div(ls, lt, reduction="none", log_target=True).sum(-1)
    return T**2 * (each * mask).sum() / logits_s.shape[0]
