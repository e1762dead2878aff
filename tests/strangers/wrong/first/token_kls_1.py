# mistake: the prefixes are weighted with the student's probabilities
import torch


def token_kls(tree_t, tree_s):
    out, weight = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        kl = (t.exp() * (t - s)).sum(-1)
        out.append((weight * kl).sum())
        weight = weight.unsqueeze(-1) * s.exp()
    return torch.stack(out)
