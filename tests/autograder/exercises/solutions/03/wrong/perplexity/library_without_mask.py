# named: no-mask
# loses: value, long, pads
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    return F.cross_entropy(logits.flatten(0, 1), labels.flatten()).exp()
