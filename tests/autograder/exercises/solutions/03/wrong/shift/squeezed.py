# named: squeezed
# loses: logits, labels, mask
def shift(logits, tokens, mask):
    L = logits.shape[1]
    out = logits[:, 0 : L - 1], tokens[:, 1:L], mask[:, 1:L]
    return tuple(x.squeeze() for x in out)
