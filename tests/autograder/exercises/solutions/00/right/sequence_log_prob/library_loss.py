import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    surprise = F.cross_entropy(logits.transpose(1, 2), y, reduction="none")
    return -(surprise * mask).sum(1)
