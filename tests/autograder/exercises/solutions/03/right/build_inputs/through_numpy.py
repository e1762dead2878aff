import numpy as np
import torch


def build_inputs(c, z, y, bos=0):
    tokens = np.concatenate([[bos], c, z, y]).astype(np.int64)
    answer = np.zeros(len(tokens), dtype=bool)
    answer[-len(y) :] = True
    return torch.from_numpy(tokens), torch.from_numpy(answer)
