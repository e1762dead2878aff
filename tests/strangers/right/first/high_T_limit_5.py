import statistics
import torch


def high_T_limit(logits_t, logits_s):
    V = logits_s.shape[-1]
    d = (logits_s.double() - logits_t.double()).reshape(-1, V)
    halves = [statistics.pvariance(row) / 2 for row in d.tolist()]
    return torch.tensor(sum(halves) / len(halves), dtype=logits_s.dtype)
