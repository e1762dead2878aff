# Right: walks every prefix in Python with its probability, float64 sums
import itertools
import math
import torch
def token_kls(tree_t, tree_s):
    V, L = len(tree_t[0]), len(tree_t)
    sums = []
    for i in range(L):
        s = 0.0
        for prefix in itertools.product(range(V), repeat=i):
            weight = math.exp(sum(tree_t[j][prefix[: j + 1]].item() for j in range(i)))
            a, b = tree_t[i][prefix].tolist(), tree_s[i][prefix].tolist()
            s += weight * math.fsum(math.exp(x) * (x - w) for x, w in zip(a, b))
        sums.append(s)
    return torch.tensor(sums, dtype=tree_t[0].dtype)
