# mistake: a plain mean over the prefixes: all prefixes are taken to be equally likely
import torch


def token_kls(tree_t, tree_s):
    return torch.stack([(t.exp() * (t - s)).sum(-1).mean() for t, s in zip(tree_t, tree_s)])
