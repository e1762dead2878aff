# Mistake: divides by T after the exponential, where it cancels; the temperature has no effect
import torch
def softmax(x, T=1.0):
    m = x.amax(-1, keepdim=True)
    scaled = torch.exp(x - m) / T
    return scaled / torch.sum(scaled, -1, keepdim=True)
