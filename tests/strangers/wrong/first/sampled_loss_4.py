# mistake: the sentences are drawn from the student
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    index, log_q = (), 0
    for level in tree_s:
        probs = level.exp().expand(n, -1) if not index else level[index].exp()
        index += (torch.multinomial(probs, 1, generator=generator).flatten(),)
        log_q = log_q + level[index]
    f = -log_q
    return f.mean(), f.std(unbiased=False) / n**0.5
