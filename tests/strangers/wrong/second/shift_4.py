# Mistake: writes -100 where the mask is false
import torch
def shift(logits, tokens, mask):
    labels = tokens[:, 1:]
    m = mask[:, 1:]
    labels = torch.where(m, labels, torch.full_like(labels, -100))
    return logits[:, :-1, :], labels, m
