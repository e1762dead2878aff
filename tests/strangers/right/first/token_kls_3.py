from itertools import product

import torch


def token_kls(tree_t, tree_s):
    V, L = len(tree_t[0]), len(tree_t)
    out = torch.zeros(L, dtype=tree_t[0].dtype)
    for i in range(L):
        for prefix in product(range(V), repeat=i):
            log_weight = sum(float(tree_t[j][prefix[: j + 1]]) for j in range(i))
            p, q = tree_t[i][prefix], tree_s[i][prefix]
            out[i] += torch.tensor(log_weight, dtype=p.dtype).exp() * (p.exp() @ (p - q))
    return out
