# mistake: the end token is taken not to be a part of the answer, so the mask is false on the last token
import torch


def build_inputs(c, z, y, bos=0):
    n_prompt = 1 + len(c) + len(z)
    words = y[:-1]
    mask = [False] * n_prompt + [True] * len(words) + [False]
    return torch.tensor([bos, *c, *z, *y]), torch.tensor(mask)
