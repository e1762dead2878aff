# Right: numpy arrays, counted from the end of the row
import numpy as np
import torch
def build_inputs(c, z, y, bos=0):
    n = 1 + len(c) + len(z) + len(y)
    row = np.zeros(n, dtype=np.int64)
    row[0] = bos
    for i, t in enumerate((*c, *z, *y), start=1):
        row[i] = t
    from_the_end = n - np.arange(n)
    return torch.from_numpy(row), torch.from_numpy(from_the_end <= len(y))
