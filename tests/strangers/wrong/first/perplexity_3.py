# mistake: divides by the number of all positions, padding included
import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    B, L, V = logits.shape
    nll = F.cross_entropy(logits.reshape(-1, V), labels.reshape(-1), reduction="none").reshape(B, L)
    return torch.exp(torch.where(mask, nll, torch.zeros_like(nll)).mean())
