# named: shifted-again
# loses: value, long, pads
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    logits, labels, mask = logits[:, :-1], labels[:, 1:], mask[:, 1:]
    return F.cross_entropy(logits[mask], labels[mask]).exp()
