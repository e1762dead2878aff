# Right: cumsum gives each answer token its place, index_put into zeros
import torch
def align(logits, mask):
    B, L, V = logits.shape
    place = mask.long().cumsum(1) - 1
    M = int(mask.sum(1).max())
    rows = torch.zeros(B, M, V, dtype=logits.dtype)
    valid = torch.zeros(B, M, dtype=torch.bool)
    b, i = mask.nonzero(as_tuple=True)
    rows[b, place[b, i]] = logits[b, i - 1]
    valid[b, place[b, i]] = True
    return rows, valid
