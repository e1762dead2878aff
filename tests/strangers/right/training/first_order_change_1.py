# Right: one long vector per dict, in sorted order of names, and one dot product
import torch


def first_order_change(before, after, grads):
    def flat(tensors):
        return torch.cat([tensors[name].reshape(-1) for name in sorted(tensors)])

    return torch.dot(flat(grads), flat(after) - flat(before)).item()
