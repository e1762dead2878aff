# Mistake: written for three words only; other lengths lose their rest
import torch
def sequence_log_probs(tree):
    if len(tree) == 1:
        return tree[0].clone()
    if len(tree) == 2:
        return tree[0][:, None] + tree[1]
    return tree[0][:, None, None] + tree[1][:, :, None] + tree[2]
