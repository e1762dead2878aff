# mistake: two at once: epsilon inside the logarithms (wrong for logits 2000 apart), and the teacher is not detached
import torch


def kd_loss(logits_t, logits_s, T):
    eps = 1e-10
    p = torch.softmax(logits_t / T, dim=-1)
    q = torch.softmax(logits_s / T, dim=-1)
    kl = (p * ((p + eps) / (q + eps)).log()).sum(-1)
    return T**2 * kl.mean()
