# Mistake: sets requires_grad on the module, where it is just a new Python attribute nobody reads
def freeze(model):
    model.eval()
    model.requires_grad = False
    return model
