# named:
# loses: dtype
def token_kls(tree_t, tree_s):
    kls, weight = [], 1.0
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight * t.exp()
        kls.append((p * (t - s)).sum().item())
        weight = p[..., None]
    return kls
