# named:
# loses: logits, labels, mask, dtype
def shift(logits, tokens, mask):
    return logits[:, :-1], tokens[:, 1:]
