# Mistake: loops over named_parameters as if it gave parameters; it gives pairs of name and parameter (raises)
def freeze(model):
    model.eval()
    for p in model.named_parameters():
        p.requires_grad = False
    return model
