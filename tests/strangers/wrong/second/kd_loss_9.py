# Mistake: detaches the student instead of the teacher
import torch
def kd_loss(logits_t, logits_s, T):
    student = logits_s.detach()
    lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(student / T, -1)
    return (lt.exp() * (lt - ls)).sum(-1).mean() * T**2
