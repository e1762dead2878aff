# named: labels-overwritten
# loses: labels
def shift(logits, tokens, mask):
    labels = tokens.masked_fill(~mask, -100)
    return logits[:, :-1], labels[:, 1:], mask[:, 1:]
