# Mistake: the slice ends one too early, so the prediction of each row's last answer token stays 0 (valid says it is there).
import torch

def align(logits, mask):
    counts = mask.sum(-1).tolist()
    rows = logits.new_zeros(len(logits), max(counts), logits.shape[-1])
    valid = torch.zeros(rows.shape[:2], dtype=torch.bool)
    for b, k in enumerate(counts):
        where = mask[b].nonzero().flatten()
        if k == 0:
            continue
        first, last = where[0].item() - 1, where[-1].item() - 1
        rows[b, : last - first] = logits[b, first:last]
        valid[b, :k] = True
    return rows, valid
