# Right: expand every level to full shape and stack, sum over the stack
import torch
def sequence_log_probs(tree):
    full = tree[-1].shape
    L = len(tree)
    return torch.stack([lev.reshape(tuple(lev.shape) + (1,) * (L - lev.dim())).expand(full) for lev in tree]).sum(0)
