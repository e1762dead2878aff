# Mistake: sets requires_grad on the caller's logits_s and leaves .grad behind
import torch
def kd_grad(logits_t, logits_s, T):
    logits_s.requires_grad_()
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    (T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()).backward()
    return logits_s.grad
