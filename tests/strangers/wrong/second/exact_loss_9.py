# Mistake: token by token, but prefixes weighed by the student
import torch
def exact_loss(tree_t, tree_s):
    loss, prefix = 0, torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        loss = loss - (prefix * (t.exp() * s).sum(-1)).sum()
        prefix = prefix[..., None] * s.exp()
    return loss
