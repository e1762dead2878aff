# Mistake: KL from the student to the teacher (reverse)
import torch
def kd_loss(logits_t, logits_s, T):
    log_pt = torch.log_softmax(logits_t.detach() / T, -1)
    log_ps = torch.log_softmax(logits_s / T, -1)
    per_position = torch.sum(log_ps.exp() * (log_ps - log_pt), -1)
    return T**2 * per_position.mean()
