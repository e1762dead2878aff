import statistics

import torch


def draw(tree, generator):
    y = ()
    for level in tree:
        y += (torch.multinomial(level[y].exp(), 1, generator=generator).item(),)
    return y


def sampled_loss(tree_t, tree_s, n, generator):
    scores = []
    for _ in range(n):
        y = draw(tree_t, generator)
        scores.append(-sum(level[y[: i + 1]].item() for i, level in enumerate(tree_s)))
    return statistics.fmean(scores), statistics.stdev(scores) / n**0.5
