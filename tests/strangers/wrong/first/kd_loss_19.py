# mistake: typo after copy and paste: the teacher's logits in both places, so the loss is always 0 and the student gets no gradient
import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_t / T, -1)
    return T**2 * (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1).mean()
