# Mistake: the mask stays behind while the tokens move
import torch
def shift(logits, tokens, mask):
    return logits[:, :-1], tokens[:, 1:], mask[:, :-1]
