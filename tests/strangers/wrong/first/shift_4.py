# mistake: a final squeeze() throws away the batch dimension of a single row (and the position dimension at L = 2)
def shift(logits, tokens, mask):
    L = logits.shape[1]
    out = logits[:, 0 : L - 1], tokens[:, 1:L], mask[:, 1:L]
    return tuple(x.squeeze() for x in out)
