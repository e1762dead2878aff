# Mistake: the return is indented into the loop, only the first parameter is frozen
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad_(False)
        return model
    return model
