# named: probability-returned
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    p = torch.softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return p.masked_fill(~mask, 1.0).prod(-1)
