# named: alpha-swapped, direction-swapped
# loses: value, any shape, gradient
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    ce = F.cross_entropy(logits_s.reshape(-1, logits_s.shape[-1]), labels.reshape(-1))
    p, q = F.log_softmax(logits_t.detach() / T, -1), F.log_softmax(logits_s / T, -1)
    kd = T**2 * (q.exp() * (q - p)).sum(-1).mean()
    return (1 - alpha) * kd + alpha * ce
