# Right: formula with a softmax of both stacked, number of positions by math.prod
import math
import torch
def kd_grad(logits_t, logits_s, T):
    p_t, p_s = torch.softmax(torch.stack([logits_t, logits_s]) / T, dim=-1)
    return (p_s - p_t).mul(T).div(math.prod(logits_s.shape[:-1]))
