# Mistake: freezes and hands back a copy, the model that came in is as lively as before
import copy


def freeze(model):
    frozen = copy.deepcopy(model).eval()
    for p in frozen.parameters():
        p.requires_grad_(False)
    return frozen
