import torch


def token_kls(tree_t, tree_s):
    # E over whole sentences of log t_i - log s_i; einsum over the letters of the words
    L = len(tree_t)
    words = "abcdefghijklmnop"[:L]
    p = [t.exp() for t in tree_t]
    return torch.stack([
        torch.einsum(
            ",".join(words[: j + 1] for j in range(L)) + "," + words[: i + 1] + "->",
            *p, tree_t[i] - tree_s[i],
        )
        for i in range(L)
    ])
