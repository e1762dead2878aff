# Mistake: logarithm of softmax, inf or NaN for logits far apart
import torch
def kd_loss(logits_t, logits_s, T):
    p = torch.softmax(logits_t.detach() / T, -1)
    q = torch.softmax(logits_s / T, -1)
    return T**2 * torch.where(p > 0, p * (p.log() - q.log()), 0.0).sum(-1).mean()
