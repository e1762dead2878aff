# Mistake: autograd through softmax().log(): NaN when logits are far apart
import torch
def kd_grad(logits_t, logits_s, T):
    s = logits_s.detach().clone().requires_grad_()
    p = torch.softmax(logits_t.detach() / T, -1)
    q = torch.softmax(s / T, -1)
    loss = T**2 * (p * (p.log() - q.log())).sum(-1).mean()
    loss.backward()
    return s.grad
