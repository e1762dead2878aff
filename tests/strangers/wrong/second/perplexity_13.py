# Mistake: mean of the rows' perplexities
import torch
import torch.nn.functional as F
def perplexity(logits, labels, mask):
    each = [F.cross_entropy(z[m], y[m]).exp() for z, y, m in zip(logits, labels, mask) if m.any()]
    return sum(each) / len(each)
