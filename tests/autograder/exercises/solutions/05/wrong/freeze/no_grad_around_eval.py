# named: still-learns
# loses: learns
import torch


def freeze(model):
    with torch.no_grad():
        model.eval()
    return model
