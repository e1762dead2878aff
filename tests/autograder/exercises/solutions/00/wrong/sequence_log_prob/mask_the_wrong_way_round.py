# named: mask-inverted
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return log_p.masked_fill(mask, 0.0).sum(-1)
