# named: still-learns
# loses: learns
def freeze(model):
    return model.eval()
