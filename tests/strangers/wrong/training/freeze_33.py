# Mistake: returns the bound method eval instead of the model
def freeze(model):
    model.requires_grad_(False)
    model.eval()
    return model.eval
