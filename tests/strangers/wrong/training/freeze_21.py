# Mistake: wants to delete gradients and deletes the weights: all values become zero
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad_(False)
        p.data.zero_()
    return model
