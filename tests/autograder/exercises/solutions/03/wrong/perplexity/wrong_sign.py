# named: sign
# loses: value, long, pads
import torch


def perplexity(logits, labels, mask):
    log_p = torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    return torch.exp((log_p * mask).sum() / mask.sum())
