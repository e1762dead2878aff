# Mistake: ignore_index=0 takes label 0 for padding, so a valid outcome is left out of the cross-entropy.
import torch
import torch.nn.functional as F

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    s = logits_s.reshape(-1, logits_s.shape[-1])
    t = logits_t.detach().reshape(s.shape)
    kd = F.kl_div(F.log_softmax(s / T, 1), F.log_softmax(t / T, 1), log_target=True, reduction="batchmean")
    ce = F.cross_entropy(s, labels.reshape(-1), ignore_index=0)
    return alpha * T**2 * kd + (1.0 - alpha) * ce
