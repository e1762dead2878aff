import torch.nn.functional as F


def perplexity(logits, labels, mask):
    kept = labels.masked_fill(~mask, -100)
    return F.cross_entropy(logits.transpose(1, 2), kept, ignore_index=-100).exp()
