def freeze(model):
    model.eval()
    model.requires_grad_(False)
    model.zero_grad(set_to_none=True)
    return model
