# Mistake: the logarithm is p over q, but the weights are q: sum q log(p/q), the negative reverse KL.
import torch

def kl(p, q):
    log_ratio = torch.where(q > 0, p.log() - q.log(), torch.zeros_like(q))
    return (q * log_ratio).sum(dim=-1)
