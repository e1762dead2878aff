# Right: roll by one and then cut the last place
import torch
def shift(logits, tokens, mask):
    L = mask.shape[-1]
    return logits[:, : L - 1].clone(), torch.roll(tokens, -1, 1)[:, : L - 1], torch.roll(mask, -1, 1)[:, : L - 1]
