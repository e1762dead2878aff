# named: angle-ignored
# loses: SGD, other optimizers, names, float32
def first_order_change(before, after, grads):
    def length(tensors):
        return sum((each**2).sum().item() for each in tensors) ** 0.5

    return -length(grads.values()) * length(after[k] - before[k] for k in before)
