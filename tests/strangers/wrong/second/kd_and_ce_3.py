# Mistake: label's part is not weighed by 1 - alpha
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    lt, ls = F.log_softmax(logits_t.detach() / T, -1), F.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    hard = F.cross_entropy(logits_s.flatten(0, -2) if logits_s.dim() > 1 else logits_s, labels.flatten() if labels.dim() else labels)
    return alpha * kd_loss(logits_t, logits_s, T) + hard
