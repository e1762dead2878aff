# mistake: label smoothing 0.1 switched on, which the task does not ask for
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    s, t = logits_s.reshape(-1, V), logits_t.reshape(-1, V).detach()
    kd = F.kl_div(F.log_softmax(s / T, -1), F.log_softmax(t / T, -1), reduction="batchmean", log_target=True)
    ce = F.cross_entropy(s, labels.reshape(-1), label_smoothing=0.1)
    return alpha * (T**2) * kd + (1 - alpha) * ce
