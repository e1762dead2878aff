# Mistake: thinks that zero_grad() means 'no gradients from now on'
def freeze(model):
    model.eval()
    model.zero_grad()
    return model
