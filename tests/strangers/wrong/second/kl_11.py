# Mistake: probabilities passed as logits to Categorical, so a second softmax is applied
import torch
from torch.distributions import Categorical, kl_divergence
def kl(p, q):
    return kl_divergence(Categorical(logits=p), Categorical(logits=q))
