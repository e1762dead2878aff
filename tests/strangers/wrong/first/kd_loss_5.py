# mistake: the teacher is not detached, so a gradient reaches logits_t
import torch


def kd_loss(logits_t, logits_s, T):
    lt = torch.log_softmax(logits_t / T, dim=-1)
    ls = torch.log_softmax(logits_s / T, dim=-1)
    return T**2 * torch.sum(lt.exp() * (lt - ls), dim=-1).mean()
