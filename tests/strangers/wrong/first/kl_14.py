# mistake: takes p and q for logits and applies a softmax to both first
import torch


def kl(p, q):
    log_p = torch.log_softmax(p, -1)
    log_q = torch.log_softmax(q, -1)
    return (log_p.exp() * (log_p - log_q)).sum(-1)
