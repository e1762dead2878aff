# named: labels-alone
# loses: value, any shape, gradient
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    return F.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1))
