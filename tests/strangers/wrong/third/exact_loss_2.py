# Mistake: the logarithm is outside the sum: -log of the expected student probability.
import torch

def exact_loss(tree_t, tree_s):
    def joint(tree):
        out = tree[0]
        for level in tree[1:]:
            out = out.unsqueeze(-1) + level
        return out
    return -torch.logsumexp((joint(tree_t) + joint(tree_s)).flatten(), 0)
