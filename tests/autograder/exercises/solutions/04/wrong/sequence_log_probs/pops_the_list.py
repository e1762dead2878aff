# named:
# loses: inputs
def sequence_log_probs(tree):
    total = tree.pop(0)
    while tree:
        total = total[..., None] + tree.pop(0)
    return total
