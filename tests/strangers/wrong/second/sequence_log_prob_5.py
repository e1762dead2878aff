# Mistake: softmax over the positions (dim 1) instead of over the vocabulary
import torch
def sequence_log_prob(logits, y, mask):
    logp = logits.log_softmax(1)
    each = logp.gather(2, y.unsqueeze(2)).squeeze(2)
    return (each * mask).sum(1)
