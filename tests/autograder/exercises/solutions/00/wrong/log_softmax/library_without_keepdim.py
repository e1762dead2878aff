# named: log-sum-exp-without-keepdim
# loses: value, any shape, large, tiny, inputs, dtype
import torch


def log_softmax(x):
    return x - torch.logsumexp(x, dim=-1)
