# Mistake: wraps forward in no_grad instead of freezing; the parameters still say that they want gradients
import torch


def freeze(model):
    model.eval()
    model.forward = torch.no_grad()(model.forward)
    return model
