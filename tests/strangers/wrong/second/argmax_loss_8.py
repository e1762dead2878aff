# Mistake: only the student's log-probability of the last word of the best sentence
import torch
def argmax_loss(tree_t, tree_s):
    total = tree_t[0]
    for level in tree_t[1:]:
        total = total[..., None] + level
    y = torch.unravel_index(total.argmax(), total.shape)
    return -tree_s[-1][y]
