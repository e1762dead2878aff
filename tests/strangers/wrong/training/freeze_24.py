# Mistake: puts each child into evaluation mode, but not the model itself
def freeze(model):
    for child in model.children():
        child.eval()
    model.requires_grad_(False)
    return model
