# Mistake: moves the mask one place to the right again after it was cut, so the first answer token does not count
import torch
def shift(logits, tokens, mask):
    m = mask[:, 1:].clone()
    m[:, 1:] = mask[:, 1:-1]
    m[:, 0] = False
    return logits[:, :-1], tokens[:, 1:], m
