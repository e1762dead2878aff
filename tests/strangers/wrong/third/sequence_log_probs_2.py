# Mistake: normalises the result over its last dimension 'to be safe', which removes the prefix's probability again.
import torch

def sequence_log_probs(tree):
    logp = torch.zeros((), dtype=tree[0].dtype)
    for level in tree:
        logp = logp.unsqueeze(-1) + level
    return torch.log_softmax(logp, dim=-1)
