# named: parts-only, mode-of-the-parts-only
# loses: learns, mode
def freeze(model):
    for layer in model.children():
        layer.eval()
        layer.requires_grad_(False)
    return model
