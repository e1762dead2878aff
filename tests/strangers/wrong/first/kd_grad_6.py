# mistake: autograd on the caller's own tensor: switches on requires_grad and leaves a .grad in logits_s
import torch


def kd_grad(logits_t, logits_s, T):
    logits_s.requires_grad_(True)
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    loss = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    loss.backward()
    return logits_s.grad
