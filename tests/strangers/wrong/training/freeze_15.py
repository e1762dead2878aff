# Mistake: map is lazy, nobody consumes it, so no parameter is ever visited
def freeze(model):
    map(lambda p: p.requires_grad_(False), model.parameters())
    return model.eval()
