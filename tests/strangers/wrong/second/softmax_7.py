# Mistake: softens the probabilities instead of the logits (p / T), so rows no longer sum to 1
import torch
def softmax(x, T=1.0):
    p = torch.softmax(x, -1)
    return p / T
