# Mistake: freezes nn.Linear layers only; embeddings, norms and loose parameters are forgotten
from torch import nn


def freeze(model):
    model.eval()
    for m in model.modules():
        if isinstance(m, nn.Linear):
            m.requires_grad_(False)
    return model
