# named: still-learns, nothing-returned
# loses: learns, same
def freeze(model):
    model.eval()
