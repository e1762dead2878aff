import numpy as np
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    """Uniform numbers from the generator, turned into sentences by the inverse of the cumulative sum."""
    joint_t, joint_s = np.zeros(1), np.zeros(1)
    for a, b in zip(tree_t, tree_s):
        joint_t = (joint_t[:, None] + a.detach().double().numpy().reshape(len(joint_t), -1)).ravel()
        joint_s = (joint_s[:, None] + b.detach().double().numpy().reshape(len(joint_s), -1)).ravel()
    edges = np.cumsum(np.exp(joint_t))
    u = torch.rand(n, generator=generator, dtype=torch.float64).numpy() * edges[-1]
    counts = np.bincount(np.searchsorted(edges, u, side="right"), minlength=len(edges))
    used = counts > 0
    f, w = -joint_s[used], counts[used] / n
    mean = (w * f).sum()
    return float(mean), float(np.sqrt((w * (f - mean) ** 2).sum() / (n - 1)))
