# Mistake: divides by T squared to undo the temperature
import torch
def kd_loss(logits_t, logits_s, T):
    with torch.no_grad():
        lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return (lt.exp() * (lt - ls)).sum(-1).mean() / T**2
