import torch


def sampled_loss(tree_t, tree_s, n, generator):
    prefix, losses = (), torch.zeros(n, dtype=tree_s[0].dtype)
    for t, s in zip(tree_t, tree_s, strict=True):
        p = t[prefix].exp().expand(n, -1)
        token = torch.multinomial(p, 1, replacement=True, generator=generator).squeeze(-1)
        prefix = (*prefix, token)
        losses -= s[prefix]
    return losses.mean().item(), losses.std(correction=0).item() / n**0.5
