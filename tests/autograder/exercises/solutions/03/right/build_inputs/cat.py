import torch


def build_inputs(c, z, y, bos=0):
    parts = [torch.tensor(p, dtype=torch.int64) for p in ([bos], c, z, y)]
    marks = [torch.full((len(p),), i == 3) for i, p in enumerate(parts)]
    return torch.cat(parts), torch.cat(marks)
