# Mistake: differentiates the reverse KL (student to teacher) by autograd.
import torch

def kd_grad(logits_t, logits_s, T):
    s = logits_s.detach().clone().requires_grad_(True)
    with torch.enable_grad():
        log_s = torch.log_softmax(s / T, -1)
        log_t = torch.log_softmax(logits_t.detach() / T, -1)
        loss = T**2 * (log_s.exp() * (log_s - log_t)).sum(-1).mean()
    return torch.autograd.grad(loss, s)[0]
