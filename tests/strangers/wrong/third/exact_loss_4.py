# Mistake: token by token, but the prefixes are weighed with the student's probabilities instead of the teacher's.
import torch

def exact_loss(tree_t, tree_s):
    prefix = torch.zeros((), dtype=tree_s[0].dtype)
    total = torch.zeros((), dtype=tree_s[0].dtype)
    for t, s in zip(tree_t, tree_s):
        ce = -(t.exp() * s).sum(-1)
        total = total + (prefix.exp() * ce).sum()
        prefix = prefix.unsqueeze(-1) + s
    return total
