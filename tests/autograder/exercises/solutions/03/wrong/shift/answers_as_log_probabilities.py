# named: answers-only, log-probabilities
# loses: logits, labels, mask
import torch


def shift(logits, tokens, mask):
    m = mask[:, 1:]
    log_p = torch.log_softmax(logits[:, :-1], -1)
    return log_p[m], tokens[:, 1:][m], m[m]
