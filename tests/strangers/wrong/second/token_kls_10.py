# Mistake: a Python list of numbers instead of a tensor [L]
import torch
def token_kls(tree_t, tree_s):
    out, logw = [], 0.0
    for t, s in zip(tree_t, tree_s):
        logw = (logw + t) if not out else (logw.unsqueeze(-1) + t)
        out.append(float((logw.exp() * (t - s)).sum()))
    return out
