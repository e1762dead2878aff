# Mistake: shifts once more although everything is aligned
import torch
import torch.nn.functional as F
def perplexity(logits, labels, mask):
    z, y, m = logits[:, :-1], labels[:, 1:], mask[:, 1:]
    nll = F.cross_entropy(z.flatten(0, 1), y.flatten(), reduction="none").reshape(y.shape)
    return ((nll * m).sum() / m.sum()).exp()
