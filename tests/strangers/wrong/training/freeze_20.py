# Mistake: train() gets the wrong truth value, so the model ends in training mode
def freeze(model):
    model.requires_grad_(False)
    return model.train(True)
