# Mistake: mean over the counted tokens instead of the sum
import torch
def sequence_log_prob(logits, y, mask):
    lp = torch.log_softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    lp = lp.masked_fill(~mask, 0.0)
    return lp.sum(-1) / mask.sum(-1).clamp(min=1)
