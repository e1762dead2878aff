# Right: rolls tokens and mask one to the left over the whole batch, then drops the wrapped last column.
import torch

def shift(logits, tokens, mask):
    labels, flags = torch.roll(tokens, -1), torch.roll(mask, -1)
    return tuple(t[:, :-1] for t in (logits, labels, flags))
