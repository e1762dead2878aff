# named: with-respect-to-probabilities
# loses: value, any shape, stable, match
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s.numel() // logits_s.shape[-1]
    p = torch.softmax(logits_s / T, -1).detach().requires_grad_()
    p_t = torch.softmax(logits_t / T, -1)
    (T**2 * (p_t * (p_t / p).log()).sum() / N).backward()
    return p.grad
