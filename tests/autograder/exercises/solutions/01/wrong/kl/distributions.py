# named: library-clamps
# loses: ruled out
from torch.distributions import Categorical, kl_divergence


def kl(p, q):
    return kl_divergence(Categorical(probs=p), Categorical(probs=q))
