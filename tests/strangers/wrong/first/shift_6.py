# mistake: cuts along the batch (the first dimension) instead of along the positions
def shift(logits, tokens, mask):
    return logits[:-1], tokens[1:], mask[1:]
