# Mistake: logits[..., :-1] cuts the last outcome of the vocabulary, not the last position.
import torch

def shift(logits, tokens, mask):
    shift_logits = logits[..., :-1].contiguous()
    shift_labels = tokens[..., 1:].contiguous()
    shift_mask = mask[..., 1:].contiguous()
    return shift_logits, shift_labels, shift_mask
