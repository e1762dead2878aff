# Right: both halves are chained Module methods, each returns the module
def freeze(model):
    return model.train(False).requires_grad_(False)
