# Mistake: types the formula as it stands, exp overflows for logits of 1000
import torch
def softmax(x, T=1.0):
    weights = (x / T).exp()
    return weights / weights.sum(-1, keepdim=True)
