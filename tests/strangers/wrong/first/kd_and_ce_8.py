# mistake: the cross-entropy is taken of the teacher's logits, not the student's
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    teacher = logits_t.detach()
    lt = torch.log_softmax(teacher / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = F.cross_entropy(teacher.reshape(-1, V), labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
