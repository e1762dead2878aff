# Mistake: makes dropout harmless by setting its p to 0, and never asks for evaluation mode
import torch.nn as nn


def freeze(model):
    for m in model.modules():
        if isinstance(m, nn.Dropout):
            m.p = 0.0
    model.requires_grad_(False)
    return model
