# mistake: shifts as in language modelling, logits[..., :-1] against labels[..., 1:], though the labels already stand at their positions
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = torch.log_softmax(logits_t.detach() / T, -1).reshape(-1, V)
    ls = torch.log_softmax(logits_s / T, -1).reshape(-1, V)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    if labels.dim() > 0:
        ce = F.cross_entropy(logits_s[..., :-1, :].reshape(-1, V), labels[..., 1:].reshape(-1))
    else:
        ce = F.cross_entropy(logits_s, labels)
    return alpha * kd + (1 - alpha) * ce
