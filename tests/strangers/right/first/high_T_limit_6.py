import torch


def high_T_limit(logits_t, logits_s):
    # quadratic form with the centring matrix C = I - 11^T/V (C is its own square)
    d = (logits_s - logits_t).double()
    V = d.shape[-1]
    d = d - d[..., :1]          # only to keep the numbers small
    C = torch.eye(V, dtype=d.dtype) - 1.0 / V
    q = torch.einsum("...i,ij,...j->...", d, C, d)
    return (q / (2 * V)).mean().to(logits_s.dtype)
