# Mistake: p.detach() makes a new tensor that is thrown away; the parameter itself is untouched
def freeze(model):
    model.eval()
    for p in model.parameters():
        p = p.detach()
    return model
