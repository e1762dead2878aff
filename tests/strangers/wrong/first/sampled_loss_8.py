# mistake: two at once: each drawn sentence counts only once (set), and the standard error is the variance over n, without a root
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    sentences = set()
    for _ in range(n):
        y = ()
        for level in tree_t:
            y = (*y, torch.multinomial(level[y].exp(), 1, generator=generator).item())
        sentences.add(y)
    f = torch.tensor([-sum(s[y[: i + 1]].item() for i, s in enumerate(tree_s)) for y in sorted(sentences)])
    return f.mean(), f.var(unbiased=False) / n
