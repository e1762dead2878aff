# named:
# loses: dtype
import numpy as np


def softmax(x, T=1.0):
    e = np.exp((x.numpy() - x.numpy().max(-1, keepdims=True)) / T)
    return e / e.sum(-1, keepdims=True)
