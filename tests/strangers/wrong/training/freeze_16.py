# Mistake: goes over the state_dict, whose tensors are detached stand-ins and not the parameters
def freeze(model):
    for tensor in model.state_dict().values():
        tensor.requires_grad = False
    model.eval()
    return model
