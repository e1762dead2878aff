# Mistake: goes through the children only, so a parameter that belongs to the model itself stays free
def freeze(model):
    model.eval()
    for part in model.children():
        for w in part.parameters():
            w.requires_grad = False
    return model
