# Right: tensor.narrow with explicit starts and lengths.
import torch

def shift(logits, tokens, mask):
    n = tokens.size(1) - 1
    return logits.narrow(1, 0, n).clone(), tokens.narrow(1, 1, n).clone(), mask.narrow(1, 1, n).clone()
