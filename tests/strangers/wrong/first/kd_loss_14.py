# mistake: torch.distributions.kl_divergence declares outcomes whose student probability is rounded to 0 infinite (2000 apart)
import torch
from torch.distributions import Categorical, kl_divergence


def kd_loss(logits_t, logits_s, T):
    t = Categorical(logits=logits_t.detach() / T)
    s = Categorical(logits=logits_s / T)
    return kl_divergence(t, s).mean() * T**2
