# Mistake: takes the logits at the answer tokens, not those that predict them
import torch
def align(logits, mask):
    counts = mask.sum(1)
    M = int(counts.max())
    rows = logits.new_zeros(logits.shape[0], M, logits.shape[2])
    valid = torch.arange(M) < counts[:, None]
    for b in range(len(logits)):
        rows[b, : counts[b]] = logits[b, mask[b]]
    return rows, valid
