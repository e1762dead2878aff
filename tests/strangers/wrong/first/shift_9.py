# mistake: shifts by two: the logits at i are put beside token i + 2, and one place too few is left
def shift(logits, tokens, mask):
    # position i predicts i+1, and range ends before its end, so one more
    L = tokens.shape[1]
    return logits[:, : L - 2], tokens[:, 2:], mask[:, 2:]
