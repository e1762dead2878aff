import torch


def js(p, q):
    both = torch.stack([p, q])
    m = both.mean(0)
    return (torch.xlogy(both, both) - torch.xlogy(both, m)).sum(-1).mean(0)
