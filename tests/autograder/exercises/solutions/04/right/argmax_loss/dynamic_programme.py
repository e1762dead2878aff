def argmax_loss(tree_t, tree_s):
    best, loss = tree_t[-1].max(-1)[0], -tree_s[-1]
    loss = loss.gather(-1, tree_t[-1].argmax(-1, keepdim=True)).squeeze(-1)
    for t, s in zip(tree_t[-2::-1], tree_s[-2::-1], strict=True):
        score = t + best
        at = score.argmax(-1, keepdim=True)
        best = score.gather(-1, at).squeeze(-1)
        loss = (loss - s).gather(-1, at).squeeze(-1)
    return loss
