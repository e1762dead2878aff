# mistake: operator precedence: m = p + q / 2, the half reaches only q
import torch


def js(p, q):
    m = p + q / 2
    kl_p = torch.where(p > 0, p * torch.log(p / m), 0.0).sum(-1)
    kl_q = torch.where(q > 0, q * torch.log(q / m), 0.0).sum(-1)
    return 0.5 * kl_p + 0.5 * kl_q
