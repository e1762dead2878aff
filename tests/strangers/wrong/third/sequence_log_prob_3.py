# Mistake: turns the mask into lengths and sums the first n positions, wherever the true ones are.
import torch

def sequence_log_prob(logits, y, mask):
    lengths = mask.sum(1).tolist()
    out = []
    for b, n in enumerate(lengths):
        lp = torch.log_softmax(logits[b, :n], -1)
        out.append(lp[torch.arange(n), y[b, :n]].sum())
    return torch.stack(out)
