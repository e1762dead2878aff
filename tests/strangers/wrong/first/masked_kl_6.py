# mistake: KL the wrong way round: the arguments of F.kl_div are swapped, it is KL(p_s || p_t)
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    n = max(1, int(mask.sum()))
    log_t = F.log_softmax(logits_t.detach()[mask] / T, -1)
    log_s = F.log_softmax(logits_s[mask] / T, -1)
    return T**2 / n * F.kl_div(log_t, log_s, reduction="sum", log_target=True)
