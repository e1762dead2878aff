# Mistake: builds the row in place with +=, so the caller's z grows by the answer.
import torch

def build_inputs(c, z, y, bos=0):
    n_prompt = 1 + len(c) + len(z)
    tail = z
    tail += y
    ids = [bos] + c + tail
    mask = torch.tensor([i >= n_prompt for i in range(len(ids))], dtype=torch.bool)
    return torch.tensor(ids, dtype=torch.long), mask
