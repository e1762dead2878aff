def freeze(model):
    for child in model.children():
        freeze(child)
    for p in model._parameters.values():
        if p is not None:
            p.requires_grad_(False)
    model.training = False
    return model
