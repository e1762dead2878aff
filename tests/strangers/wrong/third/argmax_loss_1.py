# Mistake: the surprise at the likeliest sentence is multiplied with its probability, as a term of the exact loss.
import torch

def argmax_loss(tree_t, tree_s):
    def joint(tree):
        out = tree[0]
        for level in tree[1:]:
            out = out[..., None] + level
        return out.flatten()
    t, s = joint(tree_t), joint(tree_s)
    k = t.argmax()
    return -t[k].exp() * s[k]
