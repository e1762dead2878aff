# named: rolled
# loses: logits, labels, mask
import torch


def shift(logits, tokens, mask):
    return logits, torch.roll(tokens, -1, 1), torch.roll(mask, -1, 1)
