# mistake: the exponential of each token first and then the mean: the arithmetic mean of 1/p
import torch


def perplexity(logits, labels, mask):
    log_p = torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    ppl = torch.exp(-log_p)
    return ppl[mask].mean()
