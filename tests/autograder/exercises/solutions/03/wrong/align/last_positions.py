# named: cut-from-the-end
# loses: rows, valid, edges, no answer
def align(logits, mask):
    M = int(mask.sum(1).max())
    valid = mask[:, -M:]
    return logits[:, -M - 1 : -1] * valid[..., None], valid
