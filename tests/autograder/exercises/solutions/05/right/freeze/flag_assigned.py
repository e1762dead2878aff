def freeze(model):
    for name, p in model.named_parameters():
        p.requires_grad = False
    model.train(False)
    return model
