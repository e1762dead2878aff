# mistake: writes -100 into the caller's labels where the mask is false
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    labels[~mask] = -100
    return F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100).exp()
