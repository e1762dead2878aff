# mistake: the draws are weighted with the teacher's probability a second time
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    p = sequence_log_probs(tree_t).flatten().exp()
    log_q = sequence_log_probs(tree_s).flatten()
    k = torch.multinomial(p, n, True, generator=generator)
    terms = -p[k] * log_q[k]
    return terms.mean(), terms.std() / n**0.5
