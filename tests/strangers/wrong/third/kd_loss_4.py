# Mistake: the detach is on the student instead of the teacher: the value is right, the gradient goes the wrong way.
import torch

def kd_loss(logits_t, logits_s, T):
    student = (logits_s.detach() / T).log_softmax(-1)
    teacher = (logits_t / T).log_softmax(-1)
    kl = torch.sum(teacher.exp() * (teacher - student), -1)
    return (T ** 2) * kl.mean()
