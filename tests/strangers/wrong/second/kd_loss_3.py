# Mistake: batchmean divides by the first dimension only
import torch
import torch.nn.functional as F
def kd_loss(logits_t, logits_s, T):
    teacher = F.log_softmax(logits_t.detach() / T, dim=-1)
    student = F.log_softmax(logits_s / T, dim=-1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * T**2
