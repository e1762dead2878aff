# Mistake: sets the labels to 0 where the mask is false, instead of keeping the tokens' ids.
import torch

def shift(logits, tokens, mask):
    keep = mask[:, 1:]
    labels = tokens[:, 1:] * keep
    return logits[:, :-1, :], labels, keep
