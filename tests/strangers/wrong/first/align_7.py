# mistake: raises if the answers have different lengths: the selected logits are reshaped to [B, M, V]
def align(logits, mask):
    B, L, V = logits.shape
    M = int(mask.sum(1).max())
    predicts = mask.roll(-1, dims=1)
    rows = logits[predicts].reshape(B, M, V)
    valid = mask[mask].reshape(B, M)
    return rows, valid
