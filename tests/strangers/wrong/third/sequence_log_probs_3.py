# Mistake: starts the chain at the second token: the first one's log-probability is never added.
import torch

def sequence_log_probs(tree):
    V, L = len(tree[0]), len(tree)
    out = torch.zeros([V] * L, dtype=tree[0].dtype)
    for i in range(1, L):
        out = out + tree[i].reshape([V] * (i + 1) + [1] * (L - i - 1))
    return out
