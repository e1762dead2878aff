# mistake: the exponential of the sum over the tokens, not divided by their number
import torch


def perplexity(logits, labels, mask):
    p = torch.softmax(logits, -1)
    b, i = mask.nonzero(as_tuple=True)
    return torch.prod(1 / p[b, i, labels[b, i]])
