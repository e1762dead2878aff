# mistake: sum over the outcomes instead of dividing by V
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    d = d - d.mean(dim=-1, keepdim=True)
    return 0.5 * d.pow(2).sum(dim=-1).mean()
