# Mistake: divides by all positions, padding makes it smaller
import torch
def perplexity(logits, labels, mask):
    nll = -torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    return torch.where(mask, nll, 0.0).mean().exp()
