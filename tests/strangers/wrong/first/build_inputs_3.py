# mistake: builds the row inside the caller's list c (insert and +=), so c is changed afterwards
import torch


def build_inputs(c, z, y, bos=0):
    row = c
    row.insert(0, bos)
    row += z
    start = len(row)
    row += y
    mask = torch.arange(len(row)) >= start
    return torch.tensor(row), mask
