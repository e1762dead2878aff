import torch.nn.functional as F


def perplexity(logits, labels, mask):
    return F.cross_entropy(logits[mask], labels[mask]).exp()
