# Mistake: gives probabilities to F.cross_entropy, which expects logits and applies another softmax
import torch
import torch.nn.functional as F
def cross_entropy(p, q):
    V = p.shape[-1]
    return F.cross_entropy(q.reshape(-1, V), p.reshape(-1, V), reduction="none").reshape(p.shape[:-1])
