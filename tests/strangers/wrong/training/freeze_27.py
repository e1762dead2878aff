# Mistake: two at once: only requires_grad of the direct layers' parameters, and no eval
def freeze(model):
    for layer in model.children():
        layer.requires_grad_(False)
    return model
