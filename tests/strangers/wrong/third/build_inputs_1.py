# Mistake: looks for the answer's first token in the row, and starts the mask at an earlier copy of it in c or z.
import torch

def build_inputs(c, z, y, bos=0):
    row = [bos] + c + z + y
    start = row.index(y[0])
    mask = torch.zeros(len(row), dtype=torch.bool)
    mask[start:] = True
    return torch.tensor(row), mask
