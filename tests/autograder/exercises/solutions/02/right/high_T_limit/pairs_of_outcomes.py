import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    pairs = d.unsqueeze(-1) - d.unsqueeze(-2)
    return torch.mean(pairs**2) / 4
