# mistake: two at once: returns flat lists of the answer tokens only instead of [B, L-1], and turns the logits into log-probabilities
import torch


def shift(logits, tokens, mask):
    m = mask[:, 1:]
    log_p = torch.log_softmax(logits[:, :-1], -1)
    return log_p[m], tokens[:, 1:][m], m[m]
