# Mistake: this is the cross-entropy, the teacher's entropy is not subtracted
import torch
def kl(p, q):
    return -torch.where(p > 0, p * q.log(), 0.0).sum(-1)
