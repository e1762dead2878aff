# Mistake: weighs each sentence with the teacher's probability of its last token alone, not of the whole sentence.
import torch

def exact_loss(tree_t, tree_s):
    log_s = tree_s[0]
    for level in tree_s[1:]:
        log_s = log_s[..., None] + level
    weight = tree_t[-1].exp()
    return -(weight * log_s).sum()
