# Mistake: takes the gradients away (grad = None) instead of the wish for gradients
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.grad = None
    return model
