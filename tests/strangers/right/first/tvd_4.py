import numpy as np
import torch


def tvd(p, q):
    d = p.detach().double().numpy() - q.detach().double().numpy()
    return torch.as_tensor(0.5 * np.linalg.norm(d, ord=1, axis=-1)).to(p.dtype)
