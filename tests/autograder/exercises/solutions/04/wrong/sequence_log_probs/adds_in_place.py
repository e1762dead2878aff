# named:
# loses: inputs
def sequence_log_probs(tree):
    for i in range(1, len(tree)):
        tree[i] += tree[i - 1][..., None]
    return tree[-1]
