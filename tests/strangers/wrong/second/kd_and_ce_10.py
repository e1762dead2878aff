# Mistake: writes the teacher's part anew and leaves T squared out
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    p = torch.log_softmax(logits_t.detach() / T, -1)
    q = torch.log_softmax(logits_s / T, -1)
    kd = (p.exp() * (p - q)).sum(-1).mean()
    own = torch.log_softmax(logits_s, -1)
    ce = -own.gather(-1, labels[..., None]).mean()
    return alpha * kd + (1 - alpha) * ce
