# mistake: the flat index is decoded with hard-coded 16, 4 and 1: right for V = 4 and L = 3 alone
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    k = int(sequence_log_probs(tree_t).argmax())
    y0, y1, y2 = k // 16, k % 16 // 4, k % 4
    return -(tree_s[0][y0] + tree_s[1][y0, y1] + tree_s[2][y0, y1, y2])
