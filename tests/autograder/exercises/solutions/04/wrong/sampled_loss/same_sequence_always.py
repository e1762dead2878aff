# named: argmax-n-times
# loses: estimate, standard error, varies, generator
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    y = log_probs(tree_t).argmax().repeat(n)
    losses = -log_probs(tree_s)[y]
    return losses.mean(), losses.std() / n**0.5
