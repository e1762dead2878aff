# Right: scores only the true positions, and scatters them back to their sequence with index_add.
import torch

def sequence_log_prob(logits, y, mask):
    b, i = mask.nonzero(as_tuple=True)
    picked = logits[b, i]
    picked = picked - picked.amax(-1, keepdim=True)
    scores = picked[torch.arange(len(b)), y[b, i]] - picked.logsumexp(-1)
    return logits.new_zeros(len(logits)).index_add(0, b, scores)
