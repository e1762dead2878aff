# Right: cross_entropy with ignore_index on a copy of the labels, reduction none, negated
import torch
import torch.nn.functional as F
def sequence_log_prob(logits, y, mask):
    B, L, V = logits.shape
    labels = torch.where(mask, y, torch.full_like(y, -100))
    nll = F.cross_entropy(logits.reshape(B * L, V), labels.reshape(B * L), ignore_index=-100, reduction="none")
    return -nll.reshape(B, L).sum(1)
