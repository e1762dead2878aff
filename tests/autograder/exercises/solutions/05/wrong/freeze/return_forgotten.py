# named: nothing-returned
# loses: same
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
