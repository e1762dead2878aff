# mistake: shifted in the wrong direction: the logits at i + 1 are put beside token i and its mask
def shift(logits, tokens, mask):
    return logits[:, 1:], tokens[:, :-1], mask[:, :-1]
