import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    chosen = F.one_hot(labels, logits.shape[-1]).bool() & mask[..., None]
    p = torch.softmax(logits, -1)[chosen]
    return 1 / p.log().mean().exp()
