# named: still-learns
# loses: learns
def freeze(model):
    model.eval()
    model.requires_grad = False
    return model
