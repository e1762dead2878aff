# named: copy-frozen
# loses: learns, mode, same
import copy


def freeze(model):
    frozen = copy.deepcopy(model).eval()
    for p in frozen.parameters():
        p.requires_grad = False
    return frozen
