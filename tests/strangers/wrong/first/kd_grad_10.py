# mistake: differentiates with respect to the teacher's logits instead of the student's
import torch


def kd_grad(logits_t, logits_s, T):
    z = logits_t.detach().clone().requires_grad_()
    lt = torch.log_softmax(z / T, -1)
    ls = torch.log_softmax(logits_s.detach() / T, -1)
    loss = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    return torch.autograd.grad(loss, z)[0]
