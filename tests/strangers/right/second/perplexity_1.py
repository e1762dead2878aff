# Right: cross_entropy over the selected tokens in float64, exp once
import torch
import torch.nn.functional as F
def perplexity(logits, labels, mask):
    return F.cross_entropy(logits[mask].double(), labels[mask]).exp().to(logits.dtype)
