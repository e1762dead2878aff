# named: toggled
# loses: learns
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad = not p.requires_grad
    return model
