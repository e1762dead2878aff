# mistake: 'batchmean' on the unflattened logits divides by the first dimension only ([B, L, V]: by B; [V]: by V)
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p = F.softmax(logits_t.detach() / T, dim=-1)
    log_q = F.log_softmax(logits_s / T, dim=-1)
    return F.kl_div(log_q, p, reduction="batchmean") * T**2
