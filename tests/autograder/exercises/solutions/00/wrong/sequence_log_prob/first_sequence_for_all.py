# named: tokens-of-the-first-sequence
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    log_p = torch.log_softmax(logits, -1)[:, torch.arange(y.shape[1]), y[0]]
    return torch.where(mask, log_p, 0.0).sum(-1)
