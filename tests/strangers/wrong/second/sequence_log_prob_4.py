# Mistake: multiplies the probabilities and takes the logarithm at the end, 800 tokens give log 0
import torch
def sequence_log_prob(logits, y, mask):
    p = logits.softmax(-1).gather(-1, y[..., None])[..., 0]
    p = torch.where(mask, p, torch.ones_like(p))
    return p.prod(dim=-1).log()
