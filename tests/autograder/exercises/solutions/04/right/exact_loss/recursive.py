def exact_loss(tree_t, tree_s, prefix=()):
    if len(prefix) == len(tree_t):
        return 0.0
    t, s = tree_t[len(prefix)][prefix], tree_s[len(prefix)][prefix]
    return sum(
        t[v].exp() * (exact_loss(tree_t, tree_s, (*prefix, v)) - s[v]) for v in range(len(t))
    )
