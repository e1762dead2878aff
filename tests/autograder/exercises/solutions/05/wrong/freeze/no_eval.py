# named: still-in-training-mode
# loses: mode
def freeze(model):
    for p in model.parameters():
        p.requires_grad = False
    return model
