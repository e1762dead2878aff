import itertools

import torch


def token_kls(tree_t, tree_s):
    V, L = len(tree_t[0]), len(tree_t)
    kls = torch.zeros(L, dtype=tree_t[0].dtype)
    for i in range(L):
        for prefix in itertools.product(range(V), repeat=i):
            weight = sum(tree_t[j][prefix[: j + 1]] for j in range(i))
            t, s = tree_t[i][prefix], tree_s[i][prefix]
            kls[i] += torch.as_tensor(weight).exp() * (t.exp() * (t - s)).sum()
    return kls
