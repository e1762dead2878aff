# Mistake: leaves out the weight p, sums only the log-ratios
import torch
def kl(p, q):
    return torch.where(p > 0, torch.log(p / q), 0.0).sum(-1)
