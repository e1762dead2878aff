# mistake: the direction is swapped: KL(student || teacher)
import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (ls.exp() * (ls - lt)).sum(-1).mean()
