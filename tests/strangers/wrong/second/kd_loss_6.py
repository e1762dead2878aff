# Mistake: temperature on the teacher's side only
import torch
def kd_loss(logits_t, logits_s, T):
    log_pt = torch.log_softmax(logits_t.detach() / T, -1)
    log_ps = torch.log_softmax(logits_s, -1)
    return T**2 * (log_pt.exp() * (log_pt - log_ps)).sum(-1).mean()
