# Right: numpy with scipy-like code in double, back to the dtype
import numpy as np
import torch
def log_softmax(x):
    a = x.detach().numpy().astype(np.float64)
    m = a.max(axis=-1, keepdims=True)
    r = a - m - np.log(np.exp(a - m).sum(axis=-1, keepdims=True))
    return torch.from_numpy(r).to(x.dtype)
