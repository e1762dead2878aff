# Mistake: forgot the return
def freeze(model):
    model.eval()
    model.requires_grad_(False)
