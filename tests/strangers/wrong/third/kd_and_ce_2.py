# Mistake: the cross-entropy is taken with the teacher's favourite outcome, not with the given labels.
import torch
import torch.nn.functional as F

def kd_loss(logits_t, logits_s, T):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    hard_labels = logits_t.argmax(-1)
    ce = F.cross_entropy(logits_s.reshape(-1, V), hard_labels.reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
