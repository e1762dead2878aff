# mistake: only the student is softened: the teacher's softmax is taken at temperature 1
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    p_t = F.softmax(logits_t.detach()[mask], -1)
    log_s = F.log_softmax(logits_s[mask] / T, -1)
    return F.kl_div(log_s, p_t, reduction="sum") * T**2 / mask.sum().clamp(min=1)
