# mistake: half-finished: the labels' part is missing, only alpha * KD is returned
import torch


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    loss = alpha * T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    # loss += (1 - alpha) * ...   don't know how to index with the labels for [V]
    return loss
