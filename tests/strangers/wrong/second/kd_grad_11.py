# Mistake: gradient with respect to the teacher's logits instead of the student's
import torch
def kd_grad(logits_t, logits_s, T):
    t = logits_t.detach().clone().requires_grad_(True)
    lt = torch.log_softmax(t / T, -1)
    ls = torch.log_softmax(logits_s.detach() / T, -1)
    loss = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    return torch.autograd.grad(loss, t)[0]
