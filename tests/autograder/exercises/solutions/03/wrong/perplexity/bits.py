# named: two-to-the-nats
# loses: value, long, pads
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    return 2 ** F.cross_entropy(logits[mask], labels[mask])
