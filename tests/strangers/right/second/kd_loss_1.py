# Right: Python loop over positions with logsumexp, stacked and averaged
import torch
def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    total = 0
    teachers = logits_t.detach().reshape(-1, V)
    students = logits_s.reshape(-1, V)
    for a, b in zip(teachers, students):
        a, b = a / T, b / T
        log_a = a - torch.logsumexp(a, 0)
        log_b = b - torch.logsumexp(b, 0)
        total = total + (log_a.exp() * (log_a - log_b)).sum()
    return total * (T * T) / teachers.shape[0]
