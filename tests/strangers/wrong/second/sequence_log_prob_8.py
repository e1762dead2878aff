# Mistake: cross_entropy gives minus the log-probability, the minus was not taken back
import torch
import torch.nn.functional as F
def sequence_log_prob(logits, y, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), y, reduction="none")
    return (nll * mask).sum(-1)
