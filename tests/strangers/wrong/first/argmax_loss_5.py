# mistake: beam search with two beams, which may miss the likeliest of all sentences
def argmax_loss(tree_t, tree_s):
    beams = [((), 0.0)]
    for level in tree_t:
        longer = [
            (y + (w,), score + level[y][w].item())
            for y, score in beams
            for w in range(level.shape[-1])
        ]
        beams = sorted(longer, key=lambda b: b[1], reverse=True)[:2]
    y_hat = beams[0][0]
    return -sum(s[y_hat[: i + 1]] for i, s in enumerate(tree_s))
