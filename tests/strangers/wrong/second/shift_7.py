# Mistake: shifts along the batch dimension instead of the positions
import torch
def shift(logits, tokens, mask):
    return logits[:-1], tokens[1:], mask[1:]
