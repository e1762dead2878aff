import torch


def build_inputs(c, z, y, bos=0):
    ids = []
    flags = []

    def push(part, flag):
        for token in part:
            ids.append(int(token))
            flags.append(flag)

    push([bos], False)
    push(c, False)
    push(z, False)
    push(y, True)
    return torch.LongTensor(ids), torch.BoolTensor(flags)
