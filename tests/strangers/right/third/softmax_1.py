# Right: pairwise, p_i = 1 / sum_j exp((x_j - x_i)/T), no maximum needed.
import torch

def softmax(x, T=1.0):
    d = (x.unsqueeze(-2) - x.unsqueeze(-1)) / T  # d[..., i, j] = (x_j - x_i) / T
    inf = float("inf")
    d = torch.nan_to_num(d, nan=0.0, posinf=inf, neginf=-inf)  # -inf minus -inf
    p = 1 / d.exp().sum(-1)
    return torch.where(x == -inf, torch.zeros_like(x), p)
