# Right: Module.apply visits every module, itself included, and quietens what each holds directly
def freeze(model):
    def quiet(module):
        module.training = False
        for p in module.parameters(recurse=False):
            p.requires_grad_(False)

    return model.apply(quiet)
