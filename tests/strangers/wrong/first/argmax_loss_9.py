# mistake: takes the levels out of the lists with pop, so both lists are empty afterwards
def argmax_loss(tree_t, tree_s):
    t, s = tree_t.pop(0), tree_s.pop(0)
    while tree_t:
        t = t[..., None] + tree_t.pop(0)
        s = s[..., None] + tree_s.pop(0)
    return -s.reshape(-1)[t.reshape(-1).argmax()]
