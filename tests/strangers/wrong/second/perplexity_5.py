# Mistake: mean of each row first and then over the rows that have tokens
import torch
def perplexity(logits, labels, mask):
    nll = -torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    rows = [nll[b][mask[b]].mean() for b in range(len(mask)) if mask[b].any()]
    return torch.stack(rows).mean().exp()
