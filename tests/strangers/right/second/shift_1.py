# Right: index_select with explicit positions
import torch
def shift(logits, tokens, mask):
    L = tokens.shape[1]
    before, after = torch.arange(0, L - 1), torch.arange(1, L)
    return logits.index_select(1, before), tokens.index_select(1, after), mask.index_select(1, after)
