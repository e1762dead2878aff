# Mistake: returns the mask as float weights, not as bool
import torch
def shift(logits, tokens, mask):
    weights = mask[:, 1:].float()
    return logits[:, :-1, :], tokens[:, 1:], weights
