# named: library-clamps
# loses: zeros
from torch.distributions import Categorical, kl_divergence


def cross_entropy(p, q):
    p, q = Categorical(probs=p), Categorical(probs=q)
    return kl_divergence(p, q) + p.entropy()
