# Right: an explicit stack of modules, setattr on parameters by name
def freeze(model):
    stack, seen = [model], set()
    while stack:
        module = stack.pop()
        if id(module) in seen:
            continue
        seen.add(id(module))
        module.training = False
        for name, parameter in module.named_parameters(recurse=False):
            setattr(getattr(module, name), "requires_grad", False)
        stack.extend(module.children())
    return model
