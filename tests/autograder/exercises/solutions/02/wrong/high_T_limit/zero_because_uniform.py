# named: always-zero
# loses: value, any shape, shift
import torch


def high_T_limit(logits_t, logits_s):
    return torch.zeros((), dtype=logits_s.dtype)
