# named: last-level-only
# loses: value, any size
import torch


def sequence_log_probs(tree):
    return torch.log_softmax(tree[-1], -1)
