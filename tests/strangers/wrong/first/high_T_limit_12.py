# mistake: two at once: standard deviation instead of the variance, and with V - 1
import torch


def high_T_limit(logits_t, logits_s):
    return (logits_s - logits_t).std(-1).mean() / 2
