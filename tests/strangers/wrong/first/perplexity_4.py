# mistake: shifts once more, although logits and labels are aligned already
import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    logits, labels, mask = logits[:, :-1], labels[:, 1:], mask[:, 1:]
    return torch.exp(F.cross_entropy(logits[mask], labels[mask]))
