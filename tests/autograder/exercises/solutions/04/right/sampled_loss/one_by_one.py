import bisect
import itertools
import math

import torch


def sampled_loss(tree_t, tree_s, n, generator):
    total = squares = 0.0
    for numbers in torch.rand(n, len(tree_t), generator=generator, dtype=torch.float64).tolist():
        prefix, loss = (), 0.0
        for u, t, s in zip(numbers, tree_t, tree_s, strict=True):
            chances = list(itertools.accumulate(t[prefix].exp().tolist()))
            prefix += (min(bisect.bisect(chances, u), len(chances) - 1),)
            loss -= s[prefix].item()
        total += loss
        squares += loss * loss
    mean = total / n
    return mean, math.sqrt((squares / n - mean**2) / (n - 1))
