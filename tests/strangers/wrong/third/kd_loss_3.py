# Mistake: the teacher's logarithm forgets the temperature; only its probabilities are softened.
import torch
import torch.nn.functional as F

def kd_loss(logits_t, logits_s, T):
    logits_t = logits_t.detach()
    p_t = F.softmax(logits_t / T, dim=-1)
    log_p_t = F.log_softmax(logits_t, dim=-1)
    log_p_s = F.log_softmax(logits_s / T, dim=-1)
    return T * T * torch.sum(p_t * (log_p_t - log_p_s), dim=-1).mean()
