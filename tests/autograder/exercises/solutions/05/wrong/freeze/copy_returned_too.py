# named: something-else-returned
# loses: same
import copy


def freeze(model):
    model.eval().requires_grad_(False)
    return copy.deepcopy(model)
