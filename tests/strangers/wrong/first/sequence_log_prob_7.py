# mistake: normalises over the positions (dim 1) instead of the tokens of the vocabulary
import torch


def sequence_log_prob(logits, y, mask):
    lp = logits.log_softmax(1)
    tok = lp.gather(2, y.unsqueeze(2)).squeeze(2)
    return tok.masked_fill(mask.logical_not(), 0).sum(1)
