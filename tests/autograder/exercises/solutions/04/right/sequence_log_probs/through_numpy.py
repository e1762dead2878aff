import numpy as np
import torch


def sequence_log_probs(tree):
    p = np.ones(())
    for level in tree:
        p = p[..., None] * np.exp(level.numpy().astype(float))
    return torch.from_numpy(np.log(p)).to(tree[0].dtype)
