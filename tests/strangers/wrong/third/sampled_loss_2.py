# Mistake: reseeds the generator inside ('reproducible'), so every seed gives the same draws.
import torch

def sampled_loss(tree_t, tree_s, n, generator):
    generator.manual_seed(0)
    t, s = tree_t[0], tree_s[0]
    for a, b in zip(tree_t[1:], tree_s[1:]):
        t, s = t.unsqueeze(-1) + a, s.unsqueeze(-1) + b
    y = torch.multinomial(t.flatten().exp(), n, replacement=True, generator=generator)
    f = -s.flatten()[y]
    return f.mean().item(), (f.std() / n**0.5).item()
