# named:
# loses: learns, mode, same, weights
def freeze(model):
    model.eval()
    model.parameters().requires_grad = False
    return model.parameters().freeze()
