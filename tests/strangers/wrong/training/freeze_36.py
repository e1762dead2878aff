# Mistake: a slip of [:-1] while trying to keep the 'output layer' for later
def freeze(model):
    model.eval()
    for p in list(model.parameters())[:-1]:
        p.requires_grad = False
    return model
