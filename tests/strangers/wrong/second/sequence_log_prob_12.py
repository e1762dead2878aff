# Mistake: forgets the mask
import torch
def sequence_log_prob(logits, y, mask):
    lp = logits - logits.logsumexp(-1, keepdim=True)
    return sum(lp[:, i].gather(1, y[:, i : i + 1])[:, 0] for i in range(lp.shape[1]))
