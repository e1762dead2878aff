# Mistake: student as the judge: KL(student || teacher)
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    each = torch.einsum("bmv,bmv->bm", ls.exp(), ls - lt)
    return T**2 * (each * mask).sum() / mask.sum().clamp(min=1)
