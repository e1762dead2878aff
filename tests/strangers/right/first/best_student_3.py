import torch


def best_student(P, w):
    # the floor is the mutual information of context and output
    joint = torch.einsum("k,kv->kv", w, P)
    m = joint.sum(0)
    independent = torch.einsum("k,v->kv", w, m)
    floor = (torch.xlogy(joint, joint) - torch.xlogy(joint, independent)).sum()
    return m, floor
