# mistake: draws without replacement (the default of multinomial): it raises for n above the number of sentences and is biased below
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    p = sequence_log_probs(tree_t).exp().reshape(-1)
    f = -sequence_log_probs(tree_s).reshape(-1)[torch.multinomial(p, n, generator=generator)]
    return f.mean().item(), (f.std() / n**0.5).item()
