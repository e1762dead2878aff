# mistake: exp without subtracting the maximum: NaN for logits of 1000
import torch


def my_softmax(z):
    return z.exp() / z.exp().sum(-1, keepdim=True)


def kd_grad(logits_t, logits_s, T):
    N = logits_s[..., 0].numel()
    return T / N * (my_softmax(logits_s / T) - my_softmax(logits_t / T))
