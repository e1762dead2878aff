# mistake: logits and tokens are shifted, but the mask stays with the positions of the logits (mask[:, :-1])
def shift(logits, tokens, mask):
    logits = logits[:, :-1, :]
    labels = tokens[:, 1:]
    mask = mask[:, :-1]
    return logits, labels, mask
