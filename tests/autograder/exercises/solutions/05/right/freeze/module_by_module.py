def freeze(model):
    for module in model.modules():
        module.training = False
        for p in module.parameters(recurse=False):
            p.requires_grad = False
    return model
