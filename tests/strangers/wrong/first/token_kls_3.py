# mistake: KL the wrong way round at each prefix: KL(student || teacher), with the teacher's prefixes
import torch


def token_kls(tree_t, tree_s):
    reach = torch.ones_like(tree_t[0][0])
    terms = []
    for t, s in zip(tree_t, tree_s):
        terms.append((reach * (s.exp() * (s - t)).sum(-1)).sum())
        reach = reach[..., None] * t.exp()
    return torch.stack(terms)
