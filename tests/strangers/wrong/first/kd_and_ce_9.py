# mistake: the cross-entropy is summed over the positions, the KD part is a mean
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    s = logits_s.reshape(-1, V)
    t = logits_t.detach().reshape(-1, V)
    kd = F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean") * T**2
    ce = F.cross_entropy(s, labels.reshape(-1), reduction="sum")
    return alpha * kd + (1 - alpha) * ce
