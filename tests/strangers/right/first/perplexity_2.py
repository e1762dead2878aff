import torch


def perplexity(logits, labels, mask):
    chosen = torch.gather(logits, 2, labels[:, :, None])[:, :, 0]
    nll = torch.logsumexp(logits, 2) - chosen
    return torch.exp(torch.where(mask, nll, torch.zeros_like(nll)).sum() / mask.sum())
