# Mistake: freezes only the parameters that already have a gradient
def freeze(model):
    for p in model.parameters():
        if p.grad is not None:
            p.grad = None
            p.requires_grad = False
    model.eval()
    return model
