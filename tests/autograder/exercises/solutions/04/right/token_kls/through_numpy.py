import numpy as np
import torch


def token_kls(tree_t, tree_s):
    weight, out = np.ones(()), []
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight[..., None] * np.exp(t.numpy())
        out.append(float((p * (t.numpy() - s.numpy())).sum()))
        weight = p
    return torch.tensor(out, dtype=tree_t[0].dtype)
