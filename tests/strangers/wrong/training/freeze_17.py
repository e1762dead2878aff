# Mistake: evaluation and 'no_grad' hold only while the with block lasts, nothing stays
import torch


def freeze(model):
    with torch.no_grad():
        model.eval()
        return model
