# Right: flat matrices [V^i, V] with an einsum of prefix weight, probability and log ratio.
import torch

def token_kls(tree_t, tree_s):
    V = len(tree_t[0])
    reach = torch.ones(1, dtype=tree_t[0].dtype)
    out = torch.zeros(len(tree_t), dtype=tree_t[0].dtype)
    for i, (t, s) in enumerate(zip(tree_t, tree_s)):
        t, s = t.reshape(-1, V), s.reshape(-1, V)
        out[i] = torch.einsum("n,nv,nv->", reach, t.exp(), t - s)
        reach = (reach[:, None] * t.exp()).flatten()
    return out
