# Mistake: squeezes the results, so a batch of one row (or L = 2) loses a dimension.
import torch

def shift(logits, tokens, mask):
    L = logits.shape[1]
    keep = torch.arange(L - 1)
    return logits[:, keep].squeeze(), tokens[:, keep + 1].squeeze(), mask[:, keep + 1].squeeze()
