# Mistake: normalises over dim 1, which is the outcomes only for two dimensions
import torch
import torch.nn.functional as F
def log_softmax(x):
    if x.dim() == 1:
        return F.log_softmax(x, 0)
    return F.log_softmax(x, 1)
