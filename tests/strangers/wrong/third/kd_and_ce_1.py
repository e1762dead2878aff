# Mistake: T squared multiplies the whole sum, labels included, instead of the teacher's part only.
import torch
import torch.nn.functional as F

def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    soft = (lt.exp() * (lt - ls)).sum(-1).mean()
    hard = F.cross_entropy(logits_s.reshape(-1, logits_s.size(-1)), labels.reshape(-1))
    return (alpha * soft + (1 - alpha) * hard) * T**2
