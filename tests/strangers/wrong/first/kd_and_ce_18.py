# mistake: the labels are transposed before they are flattened, so for [B, L] each label meets another position (right for [V] and [N, V]; t() raises for more dimensions)
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    kd = (lt.exp() * (lt - ls)).sum(-1).mean() * T**2
    y = labels.t().reshape(-1)
    return alpha * kd + (1 - alpha) * F.cross_entropy(logits_s.reshape(-1, V), y)
