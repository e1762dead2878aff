# mistake: moves the ids and the mask in place, so the caller's tokens and mask are changed
def shift(logits, tokens, mask):
    for i in range(tokens.size(1) - 1):
        tokens[:, i] = tokens[:, i + 1]
        mask[:, i] = mask[:, i + 1]
    return logits[:, :-1], tokens[:, :-1], mask[:, :-1]
