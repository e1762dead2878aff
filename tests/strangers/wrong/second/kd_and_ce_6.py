# Mistake: T squared multiplies the whole sum
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    t, s = logits_t.detach().reshape(-1, V), logits_s.reshape(-1, V)
    soft = F.kl_div(F.log_softmax(s / T, 1), F.log_softmax(t / T, 1), log_target=True, reduction="batchmean")
    hard = F.cross_entropy(s, labels.reshape(-1))
    return T**2 * (alpha * soft + (1 - alpha) * hard)
