import torch
import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    picked = F.one_hot(y, logits.shape[-1]).bool() & mask[..., None]
    return torch.log_softmax(logits, -1).masked_fill(~picked, 0.0).sum((1, 2))
