# Right: token by token with the teacher's prefixes, never the whole student
import torch
def exact_loss(tree_t, tree_s):
    prefix = torch.ones((), dtype=tree_t[0].dtype)
    loss = torch.zeros((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        joint = prefix.unsqueeze(-1) * t.exp()
        loss = loss - (joint * s).sum()
        prefix = joint
    return loss
