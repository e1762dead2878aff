# mistake: mean over the outcomes as well (reduction='mean'), so it is too small by the factor V
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    target = F.softmax(logits_t / T, dim=-1).detach()
    return F.kl_div(F.log_softmax(logits_s / T, dim=-1), target, reduction="mean") * (T * T)
