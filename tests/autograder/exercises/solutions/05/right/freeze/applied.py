def freeze(model):
    def rest(module):
        module.eval()
        module.requires_grad_(False)

    return model.apply(rest)
