import torch


def tvd(p, q):
    # one p against one q for each row: cdist of [..., 1, V] with [..., 1, V]
    d = torch.cdist(p[..., None, :], q[..., None, :], p=1.0)
    return d[..., 0, 0].mul(0.5)
