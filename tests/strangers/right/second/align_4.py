# Right: Python lists of rows, padded with zero rows
import torch
def align(logits, mask):
    answers = [[logits[b, i - 1] for i in range(mask.shape[1]) if mask[b, i]] for b in range(mask.shape[0])]
    M = max(map(len, answers))
    nothing = torch.zeros(logits.shape[2], dtype=logits.dtype)
    rows = torch.stack([torch.stack(a + [nothing] * (M - len(a))) for a in answers])
    valid = torch.tensor([[i < len(a) for i in range(M)] for a in answers])
    return rows, valid
