# Mistake: softmaxes the probabilities before drawing (they are no logits), so the draws are nearly uniform.
import torch

def sampled_loss(tree_t, tree_s, n, generator):
    def flat(tree):
        total = torch.zeros((), dtype=tree[0].dtype)
        for level in tree:
            total = total[..., None] + level
        return total.reshape(-1)

    probs = torch.softmax(flat(tree_t).exp(), dim=0)
    idx = torch.multinomial(probs, n, replacement=True, generator=generator)
    f = -flat(tree_s)[idx]
    return f.mean(), f.std() / f.numel() ** 0.5
