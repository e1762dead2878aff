# Mistake: label's cross-entropy is computed on the teacher's logits
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    t, s, y = logits_t.detach().reshape(-1, V), logits_s.reshape(-1, V), labels.reshape(-1)
    kd = T**2 * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean")
    return alpha * kd + (1 - alpha) * F.cross_entropy(t, y)
