# Mistake: hands probabilities to F.cross_entropy, which takes them for logits and softmaxes them again.
import torch
import torch.nn.functional as F

def cross_entropy(p, q):
    V = p.shape[-1]
    out = F.cross_entropy(q.reshape(-1, V), p.reshape(-1, V), reduction="none")
    return out.reshape(p.shape[:-1])
