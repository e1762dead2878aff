# mistake: mean square without subtracting the mean: a constant added to a row changes it
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return (d**2).mean() / 2
