# mistake: two at once: the student's prefixes and KL(student || teacher), the on-policy sum
import torch


def token_kls(tree_t, tree_s):
    joint, out = None, []
    for t, s in zip(tree_t, tree_s):
        joint = s.exp() if joint is None else joint[..., None] * s.exp()
        out.append((joint * (s - t)).sum())
    return torch.stack(out)
