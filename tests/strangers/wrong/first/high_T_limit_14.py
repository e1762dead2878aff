# mistake: the mean over the positions is missing: returns one number for each position
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    dev = d - d.mean(-1, keepdim=True)
    return 0.5 * dev.square().mean(-1)
