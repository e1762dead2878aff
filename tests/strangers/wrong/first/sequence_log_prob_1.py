# mistake: multiplies the probabilities and takes the logarithm at the end, so 800 tokens give -inf
import torch


def sequence_log_prob(logits, y, mask):
    p = torch.softmax(logits, -1).gather(2, y[:, :, None])[:, :, 0]
    p = torch.where(mask, p, torch.ones_like(p))
    return p.prod(dim=1).log()
