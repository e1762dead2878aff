# named: labels-unused
# loses: value, long, pads
import torch


def perplexity(logits, labels, mask):
    log_p = torch.log_softmax(logits[mask], -1)
    return (-(log_p.exp() * log_p).sum(-1)).mean().exp()
