# Right: freezes parameter by parameter, by get_parameter and detach_ (in place, on the leaf itself)
def freeze(model):
    names = [name for name, _ in model.named_parameters()]
    for name in names:
        model.get_parameter(name).detach_()
    for module in model.modules():
        module.eval()
    return model
