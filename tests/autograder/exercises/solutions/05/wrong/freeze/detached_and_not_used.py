# named: still-learns
# loses: learns
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.detach()
    return model
