# Mistake: clips the logits to plus/minus 30 so that exp cannot overflow, which changes the distribution
import torch
def softmax(x, T=1.0):
    safe = torch.clamp(x / T, -30, 30)
    e = torch.exp(safe)
    return torch.einsum("...v,...->...v", e, 1 / e.sum(-1))
