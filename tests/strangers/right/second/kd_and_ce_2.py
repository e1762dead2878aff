# Right: cross_entropy for both parts, with soft targets minus the teacher's entropy
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    s, y = logits_s.reshape(-1, V), labels.reshape(-1)
    log_t = F.log_softmax(logits_t.detach().reshape(-1, V) / T, -1)
    soft = F.cross_entropy(s / T, log_t.exp())
    own = -(log_t.exp() * log_t).sum(-1).mean()
    return alpha * T**2 * (soft - own) + (1 - alpha) * F.cross_entropy(s, y)
