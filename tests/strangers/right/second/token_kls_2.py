# Right: flattens prefixes to [V**i, V] and takes a dot product with their probabilities
import torch
def token_kls(tree_t, tree_s):
    V = tree_t[0].shape[0]
    weights = torch.ones(1, dtype=tree_t[0].dtype)
    terms = []
    for t, s in zip(tree_t, tree_s):
        p, q = t.reshape(-1, V), s.reshape(-1, V)
        each = torch.nn.functional.kl_div(q, p, reduction="none", log_target=True).sum(1)
        terms.append(torch.dot(weights, each))
        weights = (weights[:, None] * p.exp()).reshape(-1)
    return torch.stack(terms)
