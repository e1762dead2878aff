# Mistake: returns what eval() and the list comprehension gave, a list of parameters, not the model
def freeze(model):
    model.eval()
    return [p.requires_grad_(False) for p in model.parameters()]
