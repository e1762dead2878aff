# mistake: one sentence is drawn and repeated n times: the standard error is always 0
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    p = sequence_log_probs(tree_t).exp().flatten()
    drawn = torch.multinomial(p, 1, generator=generator).expand(n)
    f = -sequence_log_probs(tree_s).flatten()[drawn]
    return f.mean(), f.std() / n**0.5
