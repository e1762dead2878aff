# Mistake: eats the list with pop
import torch
def sequence_log_probs(tree):
    total = tree.pop(0)
    while tree:
        total = total.unsqueeze(-1) + tree.pop(0)
    return total
