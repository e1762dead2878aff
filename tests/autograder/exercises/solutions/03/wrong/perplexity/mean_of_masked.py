# named: divided-by-all-positions
# loses: value, long, pads
import torch


def perplexity(logits, labels, mask):
    nll = -torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    return (nll * mask).mean().exp()
