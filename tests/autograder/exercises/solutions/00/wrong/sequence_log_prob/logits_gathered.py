# named: raw-logits
# loses: value, any mask, long, rubbish
import torch


def sequence_log_prob(logits, y, mask):
    z = logits.gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return torch.where(mask, z, 0.0).sum(-1)
