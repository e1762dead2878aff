# named: scale-one-over-t
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    z = logits_s.detach().clone().requires_grad_()
    log_p, log_q = torch.log_softmax(logits_t / T, -1), torch.log_softmax(z / T, -1)
    (log_p.exp() * (log_p - log_q)).sum(-1).mean().backward()
    return z.grad
