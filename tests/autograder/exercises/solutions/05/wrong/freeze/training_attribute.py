# named: mode-of-the-whole-only
# loses: mode
def freeze(model):
    model.training = False
    return model.requires_grad_(False)
