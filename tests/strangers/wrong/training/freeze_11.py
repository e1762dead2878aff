# Mistake: == instead of =, the loop compares and changes nothing
def freeze(model):
    model = model.eval()
    for param in model.parameters():
        param.requires_grad == False
    return model
