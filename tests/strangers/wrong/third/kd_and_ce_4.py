# Mistake: softmaxes the student's logits before F.cross_entropy, which does it again.
import torch
import torch.nn as nn

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    teacher = torch.log_softmax(logits_t.detach() / T, -1)
    student = torch.log_softmax(logits_s / T, -1)
    kd = T**2 * (teacher.exp() * (teacher - student)).sum(-1).mean()
    probs = torch.softmax(logits_s, -1).reshape(-1, logits_s.shape[-1])
    ce = nn.CrossEntropyLoss()(probs, labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
