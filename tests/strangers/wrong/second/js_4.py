# Mistake: averages the logarithms of p and q instead of p and q
import torch
def js(p, q):
    log_m = (p.log() + q.log()) / 2
    a = torch.where(p > 0, p * (p.log() - log_m), 0.0).sum(-1)
    b = torch.where(q > 0, q * (q.log() - log_m), 0.0).sum(-1)
    return (a + b) / 2
