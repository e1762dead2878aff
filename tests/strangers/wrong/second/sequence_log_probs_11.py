# Mistake: fills torch.zeros of the default dtype sentence by sentence, float64 becomes float32
import itertools
import torch
def sequence_log_probs(tree):
    V, L = len(tree[0]), len(tree)
    out = torch.zeros([V] * L)
    for y in itertools.product(range(V), repeat=L):
        out[y] = sum(tree[i][y[: i + 1]] for i in range(L))
    return out
