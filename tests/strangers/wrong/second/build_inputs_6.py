# Mistake: glues the lists together with += and insert, c is changed
import torch
def build_inputs(c, z, y, bos=0):
    n_prompt = 1 + len(c) + len(z)
    row = c
    row.insert(0, bos)
    row += z
    row += y
    mask = [i >= n_prompt for i in range(len(row))]
    return torch.tensor(row), torch.tensor(mask)
