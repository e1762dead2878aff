# named: parts-only
# loses: learns
def freeze(model):
    for layer in model.children():
        for p in layer.parameters():
            p.requires_grad = False
    return model.eval()
