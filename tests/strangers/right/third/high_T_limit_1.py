# Right: variance from all pairwise differences, sum_ij (d_i - d_j)^2 / (2 V^2).
import torch

def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    pairs = d[..., :, None] - d[..., None, :]
    return pairs.square().mean((-1, -2)).mean() / 4
