# mistake: E[d^2] - E[d]^2 in float32 loses all digits once a large constant is added to a row
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    var = (d * d).mean(-1) - d.mean(-1) ** 2
    return 0.5 * var.mean()
