# mistake: subtracts the maximum of x after dividing by T (x/T - max x), so at T = 0.5 or T = 10 large logits still over- or underflow to NaN
import torch


def softmax(x, T=1.0):
    m = torch.max(x, dim=-1, keepdim=True).values
    e = torch.exp(x / T - m)
    return e / torch.sum(e, dim=-1, keepdim=True)
