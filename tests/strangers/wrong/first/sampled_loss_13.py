# mistake: only the last word is drawn; the words before it are the teacher's likeliest (greedy)
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    y, start = (), 0.0
    for t, s in zip(tree_t[:-1], tree_s[:-1]):
        y += (int(t[y].argmax()),)
        start = start - s[y]
    last = torch.multinomial(tree_t[-1][y].exp(), n, replacement=True, generator=generator)
    f = start - tree_s[-1][y][last]
    return f.mean(), f.std() / n**0.5
