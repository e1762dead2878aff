# named: dropout-only
# loses: mode
import torch


def freeze(model):
    for layer in model.modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.eval()
    return model.requires_grad_(False)
