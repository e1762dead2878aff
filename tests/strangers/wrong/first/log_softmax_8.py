# mistake: replaces -inf logits by 0 before normalising, so an impossible outcome gets a probability
import torch


def log_softmax(x):
    clean = torch.where(torch.isinf(x), torch.zeros_like(x), x)   # avoid inf - inf
    return torch.log_softmax(clean, dim=-1)
