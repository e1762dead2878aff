# Right: a Python loop, one sentence at a time, floats returned, statistics.stdev
import statistics
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    V, L = len(tree_t[0]), len(tree_t)
    lt, ls = tree_t[0], tree_s[0]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        lt, ls = lt.unsqueeze(-1) + t, ls.unsqueeze(-1) + s
    p = lt.flatten().softmax(0)
    costs = (-ls.flatten()).tolist()
    f = [costs[int(torch.multinomial(p, 1, generator=generator))] for _ in range(n)]
    return statistics.fmean(f), statistics.stdev(f) / n**0.5
