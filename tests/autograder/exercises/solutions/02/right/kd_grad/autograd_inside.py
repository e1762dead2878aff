import torch
import torch.nn.functional as F


def kd_grad(logits_t, logits_s, T):
    z = logits_s.detach().clone().requires_grad_()
    V = z.shape[-1]
    p_t = F.softmax(logits_t / T, -1).reshape(-1, V)
    loss = T**2 * F.kl_div(F.log_softmax(z / T, -1).reshape(-1, V), p_t, reduction="batchmean")
    (gradient,) = torch.autograd.grad(loss, z)
    return gradient
