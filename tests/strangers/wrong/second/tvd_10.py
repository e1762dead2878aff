# Mistake: averages over all rows as well: one number for the batch
import torch
def tvd(p, q):
    n = p[..., 0].numel()
    return (p - q).abs().sum() / 2 / n
