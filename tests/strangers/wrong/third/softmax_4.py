# Mistake: temperatures below 1 are silently raised to 1, 'for numerical safety'.
import torch
import torch.nn.functional as F

def softmax(x, T=1.0):
    T = max(float(T), 1.0)  # small temperatures blow up the logits
    return F.softmax(x / T, dim=-1)
