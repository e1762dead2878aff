# Right: also throws away gradients that were left, which the text does not forbid
def freeze(model):
    model.eval()
    for p in model.parameters():
        p.grad = None
        p.requires_grad = False
    assert not any(p.requires_grad for p in model.parameters())
    return model
