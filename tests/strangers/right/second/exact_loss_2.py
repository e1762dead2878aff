# Right: recursion: expected surprise of the first word plus the mean of the branches' losses
import torch
def exact_loss(tree_t, tree_s):
    p = tree_t[0].exp()
    here = -torch.dot(p, tree_s[0])
    if len(tree_t) == 1:
        return here
    branches = torch.stack([
        exact_loss([lev[v] for lev in tree_t[1:]], [lev[v] for lev in tree_s[1:]]) for v in range(len(p))
    ])
    return here + torch.dot(p, branches)
