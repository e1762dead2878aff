# Mistake: collects .item()s into torch.tensor, float64 becomes float32
import torch
def token_kls(tree_t, tree_s):
    out, joint = [], torch.ones((), dtype=torch.float64)
    for t, s in zip(tree_t, tree_s):
        joint = joint[..., None] * t.double().exp()
        out.append((joint * (t - s)).sum().item())
    return torch.tensor(out)
