# Right: word after word for all n at once; the prefix is kept as a flat row number.
import torch

def sampled_loss(tree_t, tree_s, n, generator):
    V = tree_t[0].numel()
    at = torch.zeros(n, dtype=torch.int64)
    f = torch.zeros(n, dtype=torch.float64)
    for t, s in zip(tree_t, tree_s):
        word = torch.multinomial(t.reshape(-1, V)[at].exp(), 1, generator=generator).squeeze(1)
        f = f - s.reshape(-1, V)[at, word]
        at = at * V + word
    return f.mean(), f.std() / n**0.5
