# mistake: divides by the number of real tokens: a mean, not a sum (and NaN where no token counts)
import torch
import torch.nn.functional as F


def sequence_log_prob(logits, y, mask):
    lp = F.log_softmax(logits, -1).gather(-1, y.unsqueeze(-1)).squeeze(-1)
    lp = lp.masked_fill(~mask, 0)
    return lp.sum(1) / mask.sum(1)
