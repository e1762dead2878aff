# Right: the expectation over whole sentences of each level's log ratio, which needs no explicit prefix weights.
import torch

def token_kls(tree_t, tree_s):
    L = len(tree_t)
    widen = lambda a: a.reshape(a.shape + (1,) * (L - a.dim()))
    joint = sum(widen(t) for t in tree_t).exp()
    return torch.stack([(joint * widen(t - s)).sum() for t, s in zip(tree_t, tree_s)])
