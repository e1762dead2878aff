# Right: a loop over sequences that first selects the counted positions; float64 inside
import torch
def sequence_log_prob(logits, y, mask):
    result = logits.new_zeros(logits.shape[0])
    for b in range(logits.shape[0]):
        chosen = logits[b, mask[b]].double()
        tokens = y[b, mask[b]]
        total = chosen[torch.arange(len(tokens)), tokens] - torch.logsumexp(chosen, -1)
        result[b] = total.sum().to(logits.dtype)
    return result
