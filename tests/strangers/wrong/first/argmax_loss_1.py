# mistake: decodes greedily, taking the likeliest word after the likeliest word, not the likeliest sentence
def argmax_loss(tree_t, tree_s):
    y = ()
    loss = 0.0
    for t, s in zip(tree_t, tree_s):
        y = y + (t[y].argmax().item(),)
        loss = loss - s[y]
    return loss
