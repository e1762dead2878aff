# Right: from the last word to the first, recursion over the first word
import torch
def sequence_log_probs(tree):
    first, rest = tree[0], tree[1:]
    if not rest:
        return first + 0
    branches = [sequence_log_probs([level[v] for level in rest]) + first[v] for v in range(len(first))]
    return torch.stack(branches)
