# named: squared-logits
# loses: value, any shape, shift, stable, gradient, ruled out
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    return F.mse_loss(logits_s, logits_t.detach())
