# named: prefix-ignored
# loses: value, any size
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        row = level.flatten()[: len(tree[0])]
        total = total[..., None] + row
    return total
