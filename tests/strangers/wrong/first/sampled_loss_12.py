# mistake: two at once: the minus is missing, and each sentence is divided by its length
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    idx, score = (), torch.zeros(n, dtype=tree_s[0].dtype)
    for t, s in zip(tree_t, tree_s):
        rows = torch.exp(t[idx] if idx else t.repeat(n, 1))
        idx += (torch.multinomial(rows, 1, generator=generator).squeeze(1),)
        score += s[idx] / len(tree_t)
    return score.mean(), score.std() / n**0.5
