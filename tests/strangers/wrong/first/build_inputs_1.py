# mistake: the mask asks for each token whether it occurs in y, so a token of y that also stands in c, z or as bos is marked too
import torch


def build_inputs(c, z, y, bos=0):
    tokens = [bos] + c + z + y
    answer = set(y)
    return torch.tensor(tokens), torch.tensor([t in answer for t in tokens])
