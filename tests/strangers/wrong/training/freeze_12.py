# Mistake: eval without the parentheses, the method is looked up and never called
def freeze(model):
    model.eval
    for param in model.parameters():
        param.requires_grad = False
    return model
