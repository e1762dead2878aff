import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()


def kd_grad(logits_t, logits_s, T):
    z = logits_s.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(kd_loss(logits_t, z, T), z)
    return gradient
