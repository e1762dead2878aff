# named: base-two, likeliest-token
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    best = torch.softmax(logits, -1).max(-1).values
    return torch.where(mask, best.log2(), 0.0).sum(-1)
