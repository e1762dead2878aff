# Mistake: 'improved' softmax with a 1 in the denominator (softmax-off-by-one), so rows sum to less than 1.
import torch

def softmax(x, T=1.0):
    """Lets a row say 'none of these', as in the quiet-attention blog post."""
    x = x / T
    m = x.amax(dim=-1, keepdim=True).clamp(min=0)
    e = (x - m).exp()
    return e / (torch.exp(-m) + e.sum(dim=-1, keepdim=True))
