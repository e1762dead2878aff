import numpy as np
import torch


def build_inputs(c, z, y, bos=0):
    """With NumPy, because I know np.repeat better."""
    parts = [[bos], c, z, y]
    flat = np.concatenate([np.asarray(p, dtype=np.int64) for p in parts])
    is_answer = np.repeat([False, False, False, True], [len(p) for p in parts])
    return torch.from_numpy(flat), torch.from_numpy(is_answer)
