# Mistake: looks for the answer by its first token and finds an earlier occurrence in the prompt
import torch
def build_inputs(c, z, y, bos=0):
    ids = [bos] + c + z + y
    start = ids.index(y[0])
    mask = torch.zeros(len(ids), dtype=torch.bool)
    mask[start:start + len(y)] = True
    return torch.tensor(ids), mask
