# mistake: the student's sentences are summed with its levels lined up from the right; only the teacher's are right
def exact_loss(tree_t, tree_s):
    p = tree_t[0].exp()
    for level in tree_t[1:]:
        p = p.unsqueeze(-1) * level.exp()
    log_q = sum(tree_s)
    return -(p * log_q).sum()
