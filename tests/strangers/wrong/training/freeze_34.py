# Mistake: freezes matrices only (ndim > 1), vectors and numbers stay free
def freeze(model):
    [p.requires_grad_(False) for p in model.parameters() if p.ndim > 1]
    return model.eval()
