# Mistake: kl_div with reduction mean on the selected rows divides by V too
import torch
import torch.nn.functional as F
def masked_kl(logits_t, logits_s, mask, T=1.0):
    if mask.sum() == 0:
        return (logits_s * 0).sum()
    t, s = logits_t.detach()[mask], logits_s[mask]
    return T**2 * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="mean")
