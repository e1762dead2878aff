import torch


def token_kls(tree_t, tree_s):
    weight = torch.ones((), dtype=tree_t[0].dtype)
    out = []
    for log_t, log_s in zip(tree_t, tree_s):
        kl = (log_t.exp() * (log_t - log_s)).sum(-1)
        out.append((weight * kl).sum())
        weight = weight[..., None] * log_t.exp()
    return torch.stack(out)
