import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    labels = y.masked_fill(~mask, -100)
    B, L, V = logits.shape
    surprise = F.cross_entropy(logits.reshape(-1, V), labels.reshape(-1), reduction="none")
    return -surprise.reshape(B, L).sum(-1)
