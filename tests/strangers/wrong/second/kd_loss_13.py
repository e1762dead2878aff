# Mistake: scales the detached teacher in place; detach shares memory, so the caller's logits_t change
import torch
def kd_loss(logits_t, logits_s, T):
    teacher = logits_t.detach()
    teacher /= T
    lt = torch.log_softmax(teacher, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
