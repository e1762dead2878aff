# named:
# loses: any size
def exact_loss(tree_t, tree_s):
    loss = 0.0
    for i in range(4):
        for j in range(4):
            for k in range(4):
                p = (tree_t[0][i] + tree_t[1][i, j] + tree_t[2][i, j, k]).exp()
                loss -= p * (tree_s[0][i] + tree_s[1][i, j] + tree_s[2][i, j, k])
    return loss
