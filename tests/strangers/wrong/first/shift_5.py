# mistake: rolls tokens and mask but does not cut: the results have L places, and the last one holds the wrapped first token
import torch


def shift(logits, tokens, mask):
    labels = torch.roll(tokens, shifts=-1, dims=1)
    is_answer = torch.roll(mask, shifts=-1, dims=1)
    return logits, labels, is_answer
