# mistake: two at once: sums over the positions so that the result is [V], and N is only L (shape[-2]; raises for [V])
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s.shape[-2]
    d = torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)
    return (T / N) * d.reshape(-1, d.shape[-1]).sum(0)
