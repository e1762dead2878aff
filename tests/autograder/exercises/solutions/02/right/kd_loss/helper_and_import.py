import math

import torch


def log_probabilities(logits, T):
    z = logits / T
    z = z - z.max(dim=-1, keepdim=True).values
    return z - z.exp().sum(-1, keepdim=True).log()


def kd_loss(logits_t, logits_s, T):
    log_p = log_probabilities(logits_t.detach(), T)
    log_q = log_probabilities(logits_s, T)
    return math.pow(T, 2) * torch.mean(torch.sum(log_p.exp() * (log_p - log_q), dim=-1))
