# mistake: two at once: the input z is written before the context c, and the tokens are int32
import numpy as np
import torch


def build_inputs(c, z, y, bos=0):
    row = np.array([bos] + z + c + y, dtype=np.int32)
    mask = np.arange(len(row)) >= len(row) - len(y)
    return torch.from_numpy(row), torch.from_numpy(mask)
