# mistake: a perplexity for each row, then their mean; a row without answers makes it NaN
import torch


def perplexity(logits, labels, mask):
    nll = torch.logsumexp(logits, -1) - logits.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    per_row = (nll * mask).sum(1) / mask.sum(1)
    return per_row.exp().mean()
