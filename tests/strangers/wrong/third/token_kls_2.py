# Mistake: entry i is the KL of the whole prefix up to i (a running sum), not of token i alone.
import torch

def token_kls(tree_t, tree_s):
    log_t = log_s = torch.zeros((), dtype=tree_t[0].dtype)
    out = []
    for t, s in zip(tree_t, tree_s):
        log_t = log_t[..., None] + t
        log_s = log_s[..., None] + s
        out.append((log_t.exp() * (log_t - log_s)).sum())
    return torch.stack(out)
