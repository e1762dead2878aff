# Mistake: teacher and student argument mixed up when calling: distils the student into the teacher
import torch
def _kl(log_p, log_q):
    return (log_p.exp() * (log_p - log_q)).sum(-1)
def kd_loss(logits_t, logits_s, T):
    soft = [torch.log_softmax(z / T, -1) for z in (logits_s, logits_t)]
    return T**2 * _kl(soft[0].detach(), soft[1]).mean()
