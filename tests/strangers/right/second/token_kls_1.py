# Right: differences of the KLs of longer and longer prefixes, by the chain rule
import torch
def token_kls(tree_t, tree_s):
    dtype = tree_t[0].dtype
    lt = torch.zeros((), dtype=torch.float64)
    ls = torch.zeros((), dtype=torch.float64)
    sums = [torch.zeros((), dtype=torch.float64)]
    for t, s in zip(tree_t, tree_s):
        lt, ls = lt.unsqueeze(-1) + t.double(), ls.unsqueeze(-1) + s.double()
        sums.append((lt.exp() * (lt - ls)).sum())
    return torch.diff(torch.stack(sums)).to(dtype)
