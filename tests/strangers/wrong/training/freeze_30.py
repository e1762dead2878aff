# Mistake: flips requires_grad instead of setting it, so what was frozen before is free now
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad_(not p.requires_grad)
    return model
