# mistake: the gradient of the reverse KL, KL(p_s || p_t)
import torch


def kd_grad(logits_t, logits_s, T):
    z = logits_s.detach().clone().requires_grad_(True)
    a = torch.log_softmax(z / T, -1)
    b = torch.log_softmax(logits_t.detach() / T, -1)
    (T**2 * (a.exp() * (a - b)).sum(-1).mean()).backward()
    return z.grad
