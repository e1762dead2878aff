# Mistake: asks that predicting place and predicted token are both answer tokens, so the first answer token is lost.
import torch

def shift(logits, tokens, mask):
    return logits[:, :-1], tokens[:, 1:], mask[:, 1:] & mask[:, :-1]
