import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    teacher = F.log_softmax(logits_t.detach().reshape(-1, V) / T, dim=1)
    student = F.log_softmax(logits_s.reshape(-1, V) / T, dim=1)
    return F.kl_div(student, teacher, reduction="batchmean", log_target=True) * T * T
