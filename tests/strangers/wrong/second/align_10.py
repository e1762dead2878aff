# Mistake: zeroes everything outside the answers in the caller's logits first
import torch
def align(logits, mask):
    predicts = torch.zeros_like(mask)
    predicts[:, :-1] = mask[:, 1:]
    logits[~predicts] = 0
    n = predicts.sum(1)
    M = int(n.max())
    rows = torch.stack([torch.cat([logits[b][predicts[b]], logits.new_zeros(M - int(n[b]), logits.shape[-1])]) for b in range(len(n))])
    return rows, torch.arange(M) < n[:, None]
