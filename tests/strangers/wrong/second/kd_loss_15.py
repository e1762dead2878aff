# Mistake: everything under no_grad, the student gets no gradient either
import torch
@torch.no_grad()
def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
