# Mistake: looks one level deep: children in evaluation mode by attribute, grandchildren are left
def freeze(model):
    model.training = False
    for child in model.children():
        child.training = False
    model.requires_grad_(False)
    return model
