# mistake: half-finished: shifts the logits, computes the weights, and returns nothing
import torch


def softmax(x, T=1.0):
    z = x / T
    z = z - z.max(-1, keepdim=True).values
    weights = z.exp()
    # TODO normalise
