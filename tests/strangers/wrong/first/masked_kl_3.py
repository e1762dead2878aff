# mistake: for an empty mask it returns a new tensor 0.0 that does not depend on logits_s, so backward raises
import torch
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    if not mask.any():
        return torch.tensor(0.0, dtype=logits_s.dtype)
    a = F.log_softmax(logits_t[mask].detach() / T, -1)
    b = F.log_softmax(logits_s[mask] / T, -1)
    return T**2 * F.kl_div(b, a, log_target=True, reduction="batchmean")
