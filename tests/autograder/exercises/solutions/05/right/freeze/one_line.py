def freeze(model):
    return model.requires_grad_(False).eval()
