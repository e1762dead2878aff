# named: softmaxed-again
# loses: value, any shape, zeros, ruled out
import torch


def kl(p, q):
    log_p, log_q = torch.log_softmax(p, -1), torch.log_softmax(q, -1)
    return (log_p.exp() * (log_p - log_q)).sum(-1)
