# mistake: two at once: returns a NumPy array instead of a tensor, and exp without subtracting the maximum overflows
import numpy as np


def softmax(x, T=1.0):
    e = np.exp(x.detach().numpy() / T)
    return e / e.sum(axis=-1, keepdims=True)
