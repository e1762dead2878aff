# mistake: sorts both first 'so that likely is compared with likely', which forgets which outcome is which
import torch


def tvd(p, q):
    p, _ = torch.sort(p, dim=-1, descending=True)
    q, _ = torch.sort(q, dim=-1, descending=True)
    return 0.5 * (p - q).abs().sum(-1)
