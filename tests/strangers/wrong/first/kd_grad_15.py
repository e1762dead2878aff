# mistake: torch.autograd.grad on logits_s that does not require a gradient: raises for ordinary inputs
import torch


def kd_grad(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    loss = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    return torch.autograd.grad(loss, logits_s)[0]
