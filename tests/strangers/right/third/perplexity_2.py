# Right: torch.distributions.Categorical scores the selected tokens; a Python float.
import math
from torch.distributions import Categorical

def perplexity(logits, labels, mask):
    scores = Categorical(logits=logits[mask]).log_prob(labels[mask])
    return math.exp(-scores.double().mean().item())
