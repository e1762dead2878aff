# mistake: insists that a temperature is at least 1 and raises for T below 1
import torch


def softmax(x, T=1.0):
    assert T >= 1, "temperature softens, it must be >= 1"
    return torch.softmax(x / T, -1)
