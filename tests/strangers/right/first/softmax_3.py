import numpy as np
import torch


def softmax(x, T=1.0):
    # numpy, because I know it better. float64 inside, cast back at the end
    a = x.detach().cpu().numpy().astype(np.float64) / float(T)
    a = a - np.max(a, axis=-1, keepdims=True)
    e = np.exp(a)
    p = e / np.sum(e, axis=-1, keepdims=True)
    return torch.as_tensor(p).to(x.dtype)
