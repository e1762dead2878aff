# Mistake: 'it is only read now, so half precision will do': the values are rounded
import torch


def freeze(model):
    model.eval()
    model.requires_grad_(False)
    for p in model.parameters():
        p.data = p.data.to(torch.float16).to(p.dtype)
    return model
