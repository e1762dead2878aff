# named: mean-loss-over-length
# loses: value, any mask, long, rubbish
import torch
import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), y, reduction="none")
    return torch.where(mask, nll, 0.0).mean(-1)
