# named:
# loses: dtype
def sequence_log_probs(tree):
    total = tree[0].double()
    for level in tree[1:]:
        total = total[..., None] + level
    return total
