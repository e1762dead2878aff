# mistake: the mask is an int64 tensor of zeros and ones, not bool
import torch


def build_inputs(c, z, y, bos=0):
    tokens = torch.LongTensor([bos] + c + z + y)
    mask = torch.cat((torch.zeros(1 + len(c) + len(z)), torch.ones(len(y)))).long()
    return tokens, mask
