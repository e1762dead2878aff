# Right: joint probabilities times log-ratio, summed; new tensor filled by index
import torch
def token_kls(tree_t, tree_s):
    out = torch.zeros(len(tree_t), dtype=tree_t[0].dtype)
    log_joint = 0
    for i in range(len(tree_t)):
        log_joint = tree_t[i] if i == 0 else log_joint.unsqueeze(-1) + tree_t[i]
        out[i] = torch.sum(torch.exp(log_joint) * (tree_t[i] - tree_s[i]))
    return out
