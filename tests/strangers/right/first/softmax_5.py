import torch


def softmax(x, T=1.0):
    # p_i = 1 / sum_j exp((x_j - x_i) / T): divide the fraction through by its own numerator.
    # An overflow to inf is harmless here, 1/inf is 0. Only (-inf) - (-inf) must be caught.
    gaps = x.unsqueeze(-2) - x.unsqueeze(-1)          # [..., i, j] = x_j - x_i
    gaps = torch.where(torch.isnan(gaps), torch.zeros_like(gaps), gaps)
    return 1 / (gaps / T).exp().sum(-1)
