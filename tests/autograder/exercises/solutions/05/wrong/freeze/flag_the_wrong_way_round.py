# named: everything-learns
# loses: learns
def freeze(model):
    return model.eval().requires_grad_()
