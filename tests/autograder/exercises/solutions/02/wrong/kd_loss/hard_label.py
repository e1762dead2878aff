# named: hard-target
# loses: value, any shape, shift, stable, gradient, ruled out, match
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    label = logits_t.argmax(-1).reshape(-1)
    return T**2 * F.cross_entropy((logits_s / T).reshape(-1, V), label)
