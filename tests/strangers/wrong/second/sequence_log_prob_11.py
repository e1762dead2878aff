# Mistake: takes the likeliest token's log-probability at each position, not that of y
import torch
def sequence_log_prob(logits, y, mask):
    logp = torch.log_softmax(logits, -1).max(-1).values
    return (logp * mask.to(logp.dtype)).sum(-1)
