# Mistake: recurse=False, so only what the model holds directly is frozen, not what its layers hold
def freeze(model):
    model.eval()
    for weight in model.parameters(recurse=False):
        weight.requires_grad_(False)
    return model
