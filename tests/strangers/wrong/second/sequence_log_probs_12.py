# Mistake: forgets the first word
import torch
def sequence_log_probs(tree):
    total = torch.zeros_like(tree[0])
    for level in tree[1:]:
        total = total.unsqueeze(-1) + level
    return total
