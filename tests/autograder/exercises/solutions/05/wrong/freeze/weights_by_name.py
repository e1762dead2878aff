# named: weights-only
# loses: learns
def freeze(model):
    for name, p in model.named_parameters():
        if name.endswith("weight"):
            p.requires_grad = False
    return model.eval()
