# named: of-probabilities
# loses: value, any shape, large, tiny
import torch
import torch.nn.functional as F


def log_softmax(x):
    return F.log_softmax(torch.softmax(x, -1), -1)
