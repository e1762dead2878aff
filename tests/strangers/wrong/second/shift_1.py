# Mistake: shifts the wrong way: logits[:, i+1] is put beside tokens[:, i]
import torch
def shift(logits, tokens, mask):
    return logits[:, 1:], tokens[:, :-1], mask[:, :-1]
