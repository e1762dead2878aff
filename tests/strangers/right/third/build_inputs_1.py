# Right: pairs (token, flag) are built and unzipped.
import torch

def build_inputs(c, z, y, bos=0):
    pairs = [(t, False) for part in ([bos], c, z) for t in part] + [(t, True) for t in y]
    ids, flags = zip(*pairs)
    return torch.tensor(ids, dtype=torch.int64), torch.tensor(flags, dtype=torch.bool)
