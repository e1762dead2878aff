# Mistake: mean squared difference, the mean of the row is not subtracted
import torch
import torch.nn.functional as F
def high_T_limit(logits_t, logits_s):
    return F.mse_loss(logits_s, logits_t) / 2
