# Right: own recursion down the tree of children
def freeze(model):
    for own in model._parameters.values():
        if own is not None:
            own.requires_grad = False
    for child in model.children():
        freeze(child)
    model.eval()
    return model
