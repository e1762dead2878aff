# mistake: seeds a generator of its own with 0 'for reproducibility', so every seed gives the same result
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    generator = torch.Generator().manual_seed(0)
    p = sequence_log_probs(tree_t).exp().flatten()
    k = torch.multinomial(p, n, replacement=True, generator=generator)
    f = -sequence_log_probs(tree_s).flatten()[k]
    return f.mean(), f.std() / n**0.5
