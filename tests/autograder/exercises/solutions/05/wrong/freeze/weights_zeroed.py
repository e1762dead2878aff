# named:
# loses: weights
def freeze(model):
    model.eval().requires_grad_(False)
    for p in model.parameters():
        p.zero_()
    return model
