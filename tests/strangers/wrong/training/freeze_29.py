# Mistake: does not freeze the parameters but puts a hook on each that turns its gradient to zero
def freeze(model):
    model.eval()
    for p in model.parameters():
        if p.requires_grad:
            p.register_hook(lambda grad: grad * 0)
    return model
