# mistake: two at once: normalised over the positions instead of the outcomes (dim=1), and masked tokens take part with a loss of 0
import torch


def perplexity(logits, labels, mask):
    p = logits.softmax(dim=1).gather(2, labels.unsqueeze(2)).squeeze(2)
    p = torch.where(mask, p, torch.ones_like(p))
    return torch.exp(-p.log().mean())
