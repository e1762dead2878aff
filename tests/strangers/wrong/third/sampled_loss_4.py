# Mistake: weighs each draw with the teacher's probability once more (normalised weights), though the draws contain it.
import torch

def sampled_loss(tree_t, tree_s, n, generator):
    prefix = [torch.zeros(n, dtype=torch.long)]
    logp_t = torch.zeros(n, dtype=tree_t[0].dtype)
    f = torch.zeros(n, dtype=tree_s[0].dtype)
    V = tree_t[0].shape[0]
    code = torch.zeros(n, dtype=torch.long)
    for t, s in zip(tree_t, tree_s):
        row_t, row_s = t.reshape(-1, V)[code], s.reshape(-1, V)[code]
        word = torch.multinomial(row_t.exp(), 1, generator=generator)
        logp_t += row_t.gather(1, word)[:, 0]
        f -= row_s.gather(1, word)[:, 0]
        code = code * V + word[:, 0]
    w = logp_t.exp() / logp_t.exp().sum()
    return (w * f).sum(), f.std() / n**0.5
