# named: still-learns
# loses: learns
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad == False
    return model
