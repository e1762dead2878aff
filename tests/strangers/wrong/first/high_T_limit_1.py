# mistake: torch's default variance divides by V - 1
import torch


def high_T_limit(logits_t, logits_s):
    return 0.5 * (logits_s - logits_t).var(dim=-1).mean()
