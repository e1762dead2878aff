# Mistake: averages over tokens too, the estimate is divided by the length
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    per_token, prefix = [], ()
    for t, s in zip(tree_t, tree_s):
        row = t[prefix].exp() if prefix else t.exp().expand(n, -1)
        v = torch.multinomial(row, 1, generator=generator).squeeze(1)
        prefix = prefix + (v,)
        per_token.append(-s[prefix])
    f = torch.stack(per_token).mean(0)
    return f.mean(), f.std() / n**0.5
