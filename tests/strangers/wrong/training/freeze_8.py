# Mistake: sets training = False at the top by hand; the dropout layers inside do not hear of it
def freeze(model):
    model.training = False
    for p in model.parameters():
        p.requires_grad = False
    return model
