# Mistake: works in float64 for safety and forgets to go back, float32 comes out as float64
import torch
def softmax(x, T=1.0):
    z = x.double() / T
    z = z - torch.logsumexp(z, dim=-1, keepdim=True)
    return torch.exp(z)
