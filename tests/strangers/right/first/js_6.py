import torch


def js(p, q):
    both = torch.stack([p, q])                      # [2, ..., V]
    m = both.mean(0, keepdim=True).expand_as(both)
    safe_m = torch.where(both > 0, m, torch.ones_like(m))
    safe_b = torch.where(both > 0, both, torch.ones_like(both))
    kls = torch.einsum("k...v,k...v->k...", both, safe_b.log() - safe_m.log())
    return kls.mean(0)
