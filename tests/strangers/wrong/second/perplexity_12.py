# Mistake: n-th root of the product of probabilities, which underflows for long texts
import torch
def perplexity(logits, labels, mask):
    p = torch.softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)[mask]
    return torch.prod(p) ** (-1.0 / len(p))
