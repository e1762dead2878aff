# mistake: the cross-entropy with the labels is softened by T as well
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    t = logits_t.detach().reshape(-1, V) / T
    s = logits_s.reshape(-1, V) / T
    kd = T**2 * F.kl_div(s.log_softmax(1), t.log_softmax(1), reduction="batchmean", log_target=True)
    ce = F.cross_entropy(s, labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
