# named: with-respect-to-teacher
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    z = logits_t.detach().clone().requires_grad_()
    log_p, log_q = torch.log_softmax(z / T, -1), torch.log_softmax(logits_s / T, -1)
    (T**2 * (log_p.exp() * (log_p - log_q)).sum(-1).mean()).backward()
    return z.grad
