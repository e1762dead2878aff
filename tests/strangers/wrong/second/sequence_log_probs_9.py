# Mistake: normalises again after each word, so that only the last word's distribution is left
import torch
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = torch.log_softmax(total[..., None] + level, dim=-1)
    return total
