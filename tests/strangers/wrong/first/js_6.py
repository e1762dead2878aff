# mistake: zeros in p or q give NaN (0 * log 0)
import torch


def js(p, q):
    m = 0.5 * (p + q)
    left = torch.sum(p * torch.log(p / m), dim=-1)
    right = torch.sum(q * torch.log(q / m), dim=-1)
    return 0.5 * left + 0.5 * right
