# Mistake: squeezes, so a batch of one row (or L = 2) loses a dimension
import torch
def shift(logits, tokens, mask):
    return logits[:, :-1].squeeze(), tokens[:, 1:].squeeze(), mask[:, 1:].squeeze()
