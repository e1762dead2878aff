# mistake: the temperature softens the teacher only, so equal logits do not give 0
import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
