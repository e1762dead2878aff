# named: labels-overwritten
# loses: labels, inputs
def shift(logits, tokens, mask):
    tokens[~mask] = -100
    return logits[:, :-1], tokens[:, 1:], mask[:, 1:]
