# named: softmax-over-positions, divided-by-all-positions
# loses: value, long, pads
import torch


def perplexity(logits, labels, mask):
    p = logits.softmax(dim=1).gather(2, labels.unsqueeze(2)).squeeze(2)
    p = torch.where(mask, p, torch.ones_like(p))
    return torch.exp(-p.log().mean())
