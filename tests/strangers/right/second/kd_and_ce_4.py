# Right: cross_entropy with the outcomes moved to dim 1, torch.lerp of the two parts
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    z = logits_s if labels.dim() == 0 else logits_s.movedim(-1, 1)
    ce = F.cross_entropy(z, labels)
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    kd = T**2 * F.kl_div(ls, lt, log_target=True, reduction="none").sum(-1).mean()
    return torch.lerp(ce, kd, float(alpha))
