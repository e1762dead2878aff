# mistake: ignore_index=0: takes token 0 for padding, so positions with the label 0 drop out of the mean
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = F.log_softmax(logits_t.detach() / T, dim=-1)
    ls = F.log_softmax(logits_s / T, dim=-1)
    kd = (lt.exp() * (lt - ls)).sum(-1).mean() * T**2
    ce = F.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1), ignore_index=0)
    return alpha * kd + (1 - alpha) * ce
