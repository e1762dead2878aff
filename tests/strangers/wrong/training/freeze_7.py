# Mistake: freezes 'the weights' by name; biases (and whatever isn't called weight) remain trainable
def freeze(model):
    for name, tensor in model.named_parameters():
        if name.endswith("weight"):
            tensor.requires_grad = False
    return model.eval()
