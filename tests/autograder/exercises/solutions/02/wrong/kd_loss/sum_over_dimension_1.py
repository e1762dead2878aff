# named: summed-over-second-dimension
# loses: any shape, gradient, ruled out
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    log_t, log_s = (F.log_softmax(z / T, -1) for z in (logits_t.detach(), logits_s))
    each = F.kl_div(log_s, log_t, reduction="none", log_target=True)
    return T**2 * each.sum(1).mean()
