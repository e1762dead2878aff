# Mistake: no minus: geometric mean of p, not of 1/p
import torch
def perplexity(logits, labels, mask):
    B, L, V = logits.shape
    lp = logits.log_softmax(-1)[torch.arange(B)[:, None], torch.arange(L), labels]
    return torch.exp((lp * mask).sum() / mask.sum())
