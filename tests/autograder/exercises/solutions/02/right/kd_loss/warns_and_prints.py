import sys
import warnings

import torch


def kd_loss(logits_t, logits_s, T):
    warnings.warn("a right solution may be noisy", stacklevel=2)
    print("T is", T, file=sys.stderr)
    log_p = (logits_t.detach() / T).log_softmax(-1)
    log_q = (logits_s / T).log_softmax(-1)
    return T**2 * torch.sum(log_p.exp() * (log_p - log_q), -1).mean()
