# Right: torch.func.grad of a small scalar function.
import torch

def kd_grad(logits_t, logits_s, T):
    target = (logits_t / T).softmax(-1)

    def loss(z):  # the teacher's entropy does not depend on z
        return -T * T * (target * (z / T).log_softmax(-1)).sum(-1).mean()

    return torch.func.grad(loss)(logits_s.detach())
