# mistake: the minus is missing: the exponential of the mean log-probability, 1/PPL
import torch


def perplexity(logits, labels, mask):
    log_p = logits.log_softmax(-1)
    mine = log_p.gather(2, labels[:, :, None])[:, :, 0]
    return torch.exp((mine * mask).sum() / mask.sum())
