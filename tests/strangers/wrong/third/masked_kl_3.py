# Mistake: turns the mask into lengths and takes the first positions of each row, though it may be true anywhere.
import torch

def masked_kl(logits_t, logits_s, mask, T=1.0):
    lengths = mask.sum(1, keepdim=True)
    left = torch.arange(mask.shape[1]) < lengths
    a = torch.log_softmax(logits_t.detach() / T, -1)
    b = torch.log_softmax(logits_s / T, -1)
    kl = torch.where(left, (a.exp() * (a - b)).sum(-1), torch.zeros((), dtype=b.dtype))
    return T**2 * kl.sum() / lengths.sum().clamp(min=1)
