import torch


def build_inputs(c, z, y, bos=0):
    prompt = [bos] + c + z
    t = torch.as_tensor(prompt + y)
    return t.long(), torch.arange(t.numel()).ge(len(prompt))
