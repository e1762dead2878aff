# Mistake: only the gradients are switched off, the teacher keeps its dropout
def freeze(model):
    for p in model.parameters():
        p.requires_grad = False
    return model
