# Mistake: mask the other way round, true on what is given
import torch
def build_inputs(c, z, y, bos=0):
    given = [bos] + c + z
    tokens = torch.tensor(given + y)
    return tokens, torch.arange(len(tokens)) < len(given)
