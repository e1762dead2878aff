def shift(logits, tokens, mask):
    L = tokens.shape[1]
    return logits.narrow(1, 0, L - 1), tokens.narrow(1, 1, L - 1), mask.narrow(1, 1, L - 1)
